// The validator's page: bundle → trust → files → verdict. All requests go to the address this page came from.
(() => {
  const $ = id => document.getElementById(id);
  const show = (id, on) => { $(id).hidden = !on; };
  let english = () => document.documentElement.lang === 'en';
  let state = {};

  function fail(message) {
    $('error').textContent = message;
    show('error', true);
  }

  async function ask(path, options) {
    const answer = await fetch(path, options);
    const text = await answer.text();
    let body = {};
    try { body = JSON.parse(text); } catch (e) { body = {error: text}; }
    if (!answer.ok) throw new Error(body.error || answer.status);
    return body;
  }

  async function attempt(work) {
    show('error', false);
    try { await work(); } catch (e) { fail(e.message); }
    show('working', false);
  }

  function apply(next) {
    state = next;
    show('no-bundle', !state.bundle);
    show('untrusted', state.bundle && !state.trusted);
    show('ready', state.bundle && state.trusted);
    $('bundle-id').textContent = state.bundle || '–';
    $('fingerprint').textContent = state.fingerprint;
    if (!$('date').value) $('date').value = state.today;
    feeds();
  }

  function feeds() {
    const chosen = $('feed').value;
    $('feed').replaceChildren();
    const option = (value, text) => {
      const o = document.createElement('option');
      o.value = value;
      o.textContent = text;
      $('feed').append(o);
    };
    const words = [...$('by-name').content.querySelectorAll('[lang]')].find(e => e.lang === document.documentElement.lang);
    option('', words ? words.textContent : '');
    for (const f of state.feeds || []) {
      const lang = english() ? 'en' : 'vi';
      option(f.id, f.id + ' – ' + f.dataset[lang] + ' (' + f.pattern + ')');
    }
    $('feed').value = chosen;
  }

  // Folders that are dropped keep the paths of their files.
  async function dropped(transfer) {
    const files = [];
    const entries = [...transfer.items].map(i => i.webkitGetAsEntry && i.webkitGetAsEntry()).filter(e => e);
    async function walk(entry, prefix) {
      if (entry.isFile) {
        const file = await new Promise((yes, no) => entry.file(yes, no));
        files.push({file, path: prefix + entry.name});
      } else {
        const reader = entry.createReader();
        for (;;) {
          const some = await new Promise((yes, no) => reader.readEntries(yes, no));
          if (!some.length) break;
          for (const e of some) await walk(e, prefix + entry.name + '/');
        }
      }
    }
    if (entries.length) for (const e of entries) await walk(e, '');
    else for (const file of transfer.files) files.push({file, path: file.name});
    return files;
  }

  const listed = input => [...input.files].map(file => ({file, path: file.webkitRelativePath || file.name}));

  async function bundle(files) {
    if (files.length) await attempt(async () => apply(await ask('bundle', {method: 'POST', body: files[0].file})));
  }

  // In pieces: whoever takes long over one request is hung up on.
  const PIECE = 4 << 20;
  async function send(address, file) {
    const {file: number} = await ask(address, {method: 'POST', body: file.slice(0, PIECE)});
    for (let at = PIECE; at < file.size; at += PIECE)
      await ask(address + '&file=' + number, {method: 'POST', body: file.slice(at, at + PIECE)});
  }

  async function check(files) {
    if (!files.length) return;
    await attempt(async () => {
      const bytes = files.reduce((n, f) => n + f.file.size, 0);
      const id = [...crypto.getRandomValues(new Uint8Array(8))].map(b => b.toString(16).padStart(2, '0')).join('');
      if (bytes > state.mostBytes) throw new Error('> ' + (state.mostBytes / 1048576) + ' MB');
      $('results').replaceChildren();
      show('working', true);
      let done = 0;
      for (const f of files) {
        await send('file?check=' + id + '&path=' + encodeURIComponent(f.path), f.file);
        $('progress').textContent = ++done + ' / ' + files.length;
      }
      const q = '&feed=' + encodeURIComponent($('feed').value) + '&date=' + encodeURIComponent($('date').value);
      const results = await ask('check?check=' + id + q, {method: 'POST'});
      results.forEach((r, i) => result(r, 'result/' + id + '/' + i + '/'));
    });
    $('progress').textContent = '';
  }

  function result(r, base) {
    const part = $('result').content.cloneNode(true);
    part.querySelector('.name').textContent = r.feed;
    const frame = part.querySelector('iframe');
    const load = () => { frame.src = base + 'receipt.html' + (english() ? '#lang=en' : ''); };
    load();
    frame.dataset.base = base;
    const names = ['receipt.html', 'receipt.json'].concat(r.quarantined ? ['rejects.csv', 'rejects.xlsx'] : []);
    for (const name of names) {
      const link = document.createElement('a');
      link.href = base + name;
      link.download = name;
      link.textContent = name;
      part.querySelector('.files').append(link);
    }
    $('results').append(part);
  }

  function zone(id, use) {
    const z = $(id);
    z.addEventListener('dragover', e => { e.preventDefault(); z.classList.add('over'); });
    z.addEventListener('dragleave', () => z.classList.remove('over'));
    z.addEventListener('drop', async e => {
      e.preventDefault();
      z.classList.remove('over');
      use(await dropped(e.dataTransfer));
    });
  }
  // A file that misses the zone must not replace the page.
  for (const name of ['dragover', 'drop']) addEventListener(name, e => e.preventDefault());
  zone('drop-bundle', bundle);
  zone('drop-files', check);
  for (const [button, input, use] of [['pick-bundle', 'bundle-input', bundle], ['other', 'bundle-input', bundle],
    ['pick-files', 'files-input', check], ['pick-folder', 'folder-input', check]]) {
    $(button).addEventListener('click', () => { $(input).dataset.for = button; $(input).value = ''; $(input).click(); });
    if (button !== 'other') $(input).addEventListener('change', () => use(listed($(input))));
  }
  $('trust').addEventListener('click', () => attempt(async () =>
    apply(await ask('trust?fingerprint=' + encodeURIComponent(state.fingerprint), {method: 'POST'}))));
  $('quit').addEventListener('click', () => attempt(async () => {
    await ask('quit', {method: 'POST'});
    document.querySelector('main').replaceChildren($('stopped').content.cloneNode(true));
  }));
  document.querySelectorAll('[data-lang]').forEach(b => b.addEventListener('click', () => {
    feeds();
    document.querySelectorAll('iframe').forEach(f => { f.src = 'about:blank'; setTimeout(() => { f.src = f.dataset.base + 'receipt.html' + (english() ? '#lang=en' : ''); }); });
  }));
  attempt(async () => apply(await ask('state')));
})();
