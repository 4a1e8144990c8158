// The page is complete without this: it only lets people point, type and walk through it.
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const card = document.getElementById('card');
  if (!card) return; // a report without maps has nothing to point at
  const plain = text => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/đ/gi, 'd').toLowerCase();
  let pinned = null;

  // A province is shown everywhere at once: on the map, in every table, among the charts.
  function show(code, point) {
    all('.at').forEach(e => e.classList.remove('at'));
    all('.chosen').forEach(e => e.setAttribute('d', ''));
    if (!code) { card.hidden = true; return; }
    all(`tr[data-p="${code}"],li[data-p="${code}"]`).forEach(e => e.classList.add('at'));
    all(`.province[data-p="${code}"]`).forEach(p =>
      p.parentNode.querySelector('.chosen').setAttribute('d', p.getAttribute('d')));
    const panel = document.querySelector('.panel:not(.off)');
    const shape = panel.querySelector(`.province[data-p="${code}"]`);
    if (!shape) return;
    card.replaceChildren(...document.getElementById('card-' + code).cloneNode(true).childNodes);
    card.hidden = false;
    const svg = shape.ownerSVGElement;
    const at = point || new DOMPoint(+shape.dataset.x, +shape.dataset.y).matrixTransform(svg.getScreenCTM());
    const left = at.x + 18 + card.offsetWidth > innerWidth ? at.x - 18 - card.offsetWidth : at.x + 18;
    card.style.left = Math.max(8, left) + 'px';
    card.style.top = Math.max(8, Math.min(at.y - 20, innerHeight - card.offsetHeight - 8)) + 'px';
  }
  const pin = (code, point) => { pinned = code; show(code, point); };

  all('.map svg').forEach(svg => {
    const code = event => event.target.dataset && event.target.dataset.p;
    svg.addEventListener('pointermove', e => e.pointerType === 'mouse' && show(code(e) || pinned, code(e) ? e : null));
    svg.addEventListener('pointerleave', e => e.pointerType === 'mouse' && show(pinned));
    svg.addEventListener('click', e => pin(code(e) || null, e));
    svg.addEventListener('keydown', e => {
      const step = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[e.key];
      if (e.key === 'Escape') pin(null);
      if (!step) return;
      e.preventDefault();
      const shapes = all('.province', svg);
      const here = shapes.find(s => s.dataset.p === pinned);
      if (!here) return pin(shapes[0].dataset.p);
      // the nearest one that lies mainly in the direction of the arrow
      const next = shapes.map(s => {
        const dx = s.dataset.x - here.dataset.x, dy = s.dataset.y - here.dataset.y;
        const along = dx * step[0] + dy * step[1], across = Math.abs(dx * step[1]) + Math.abs(dy * step[0]);
        return {code: s.dataset.p, cost: along > 0 && across <= 1.5 * along ? along + 2 * across : Infinity};
      }).sort((a, b) => a.cost - b.cost)[0];
      if (next.cost < Infinity) pin(next.code);
    });
  });

  all('.ranked').forEach(table => {
    const buttons = all('button', table);
    buttons.forEach((button, i) => {
      button.tabIndex = i ? -1 : 0;
      const code = button.closest('tr').dataset.p;
      button.addEventListener('click', () => pin(pinned === code ? null : code));
      button.addEventListener('keydown', e => {
        const shown = buttons.filter(b => b.offsetParent);
        const next = shown[shown.indexOf(button) + ({ArrowDown: 1, ArrowUp: -1}[e.key] || 0)];
        if (e.key === 'Escape') pin(null);
        if (!next || next === button) return;
        e.preventDefault();
        button.tabIndex = -1;
        next.tabIndex = 0;
        next.focus();
        pin(next.closest('tr').dataset.p);
      });
    });
    all('tbody tr', table).forEach(row => {
      row.addEventListener('pointerenter', e => e.pointerType === 'mouse' && show(row.dataset.p));
      row.addEventListener('pointerleave', e => e.pointerType === 'mouse' && show(pinned));
    });
  });

  const find = document.getElementById('find');
  find.addEventListener('input', () => {
    const wanted = plain(find.value.trim());
    all('.ranked tbody tr').forEach(row =>
      row.classList.toggle('away', !all('th', row).some(name => plain(name.textContent).includes(wanted))));
    const rows = all('.panel:not(.off) .ranked tbody tr:not(.away)');
    pin(wanted && rows.length === 1 ? rows[0].dataset.p : null);
  });
  find.addEventListener('keydown', e => {
    const first = document.querySelector('.panel:not(.off) .ranked tbody tr:not(.away)');
    if (e.key === 'Enter' && find.value && first) pin(first.dataset.p);
    if (e.key === 'Escape') { find.value = ''; find.dispatchEvent(new Event('input')); }
  });
  addEventListener('scroll', () => { if (!card.hidden && matchMedia('(min-width:861px)').matches) { card.hidden = true; } }, {passive: true});

  const tabs = all('[role=tab]');
  const choose = tab => {
    tabs.forEach(other => {
      const on = other === tab;
      other.setAttribute('aria-selected', on);
      other.tabIndex = on ? 0 : -1;
      document.getElementById(other.getAttribute('aria-controls')).classList.toggle('off', !on);
    });
    show(pinned);
  };
  tabs.forEach((tab, i) => {
    tab.addEventListener('click', () => choose(tab));
    tab.addEventListener('keydown', e => {
      if (e.key !== 'ArrowRight' && e.key !== 'ArrowLeft') return;
      const next = tabs[(i + 1) % tabs.length];
      choose(next);
      next.focus();
    });
  });

  // One hour in all panels of a trend at a time.
  all('.trends').forEach(trend => {
    const clock = trend.querySelector('.hour');
    const charts = all('.region svg', trend).map(svg => ({
      svg, cross: svg.querySelector('.cross'), values: svg.dataset.v.split(','),
      now: svg.previousElementSibling.querySelector('.now'),
    }));
    const said = index => {
      const [date, time] = new Date(+clock.dataset.first + index * 36e5 + 7 * 36e5).toISOString().split('T');
      const [y, m, d] = date.split('-');
      return (document.documentElement.lang === 'vi' ? `${d}/${m}/${y} ` : date + ' ') + time.slice(0, 5);
    };
    const hour = index => (clock.textContent = index === null ? '' : said(index), charts.forEach(({cross, values, now}) => {
      const x = (index + 0.5) * 180 / values.length;
      cross.setAttribute('d', index === null ? '' : `M${x} 0v52`);
      now.textContent = index === null ? now.dataset.now : values[index] || '–';
    }));
    charts.forEach(({svg, values}) => {
      svg.addEventListener('pointermove', e => {
        const box = svg.getBoundingClientRect();
        hour(Math.max(0, Math.min(values.length - 1, Math.floor((e.clientX - box.left) / box.width * values.length))));
      });
      svg.addEventListener('pointerleave', () => hour(null));
    });
  });
})();
