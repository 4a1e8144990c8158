// The switch of languages. The fragment of the address remembers the language: #section&lang=en
(() => {
  const root = document.documentElement;
  const fragment = () => location.hash.slice(1).split('&');
  const buttons = document.querySelectorAll('[data-lang]');

  // The block nearest to the top of the window stays where it is while the texts around it change.
  const anchor = () => [...document.querySelectorAll('h1,h2,h3,tr,figure,p,li')]
    .find(e => e.offsetParent && e.getBoundingClientRect().top >= 0);

  function speak(lang, remember) {
    const kept = anchor();
    const before = kept && kept.getBoundingClientRect().top;
    root.lang = lang;
    document.title = root.dataset[lang];
    buttons.forEach(b => b.setAttribute('aria-pressed', b.dataset.lang === lang));
    if (kept && scrollY > 0) scrollBy(0, kept.getBoundingClientRect().top - before);
    if (remember) {
      const section = fragment().filter(part => part && !part.startsWith('lang='));
      if (lang === 'en') section.push('lang=en');
      history.replaceState(null, '', section.length ? '#' + (section[0].startsWith('lang=') ? '&' : '') + section.join('&') : location.pathname);
    }
  }

  buttons.forEach(b => b.addEventListener('click', () => speak(b.dataset.lang, true)));
  addEventListener('hashchange', () => follow());
  function follow() {
    const [section] = fragment();
    if (fragment().includes('lang=en') && root.lang !== 'en') speak('en', false);
    const target = section && document.getElementById(section);
    if (target) target.scrollIntoView();
  }
  document.querySelectorAll('a[href^="#"]').forEach(link => link.addEventListener('click', event => {
    event.preventDefault();
    const id = link.getAttribute('href').slice(1);
    history.replaceState(null, '', '#' + id + (root.lang === 'en' ? '&lang=en' : ''));
    const target = document.getElementById(id);
    target.scrollIntoView({behavior: matchMedia('(prefers-reduced-motion:reduce)').matches ? 'auto' : 'smooth'});
    target.focus({preventScroll: true});
  }));
  follow();
})();
