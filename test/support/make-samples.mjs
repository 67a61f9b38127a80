// Draws the pictures of the sample project (resources/samples/image) in a browser's canvas. Run it by hand after changing it:
//   node test/support/make-samples.mjs
// Every picture is computed from a seed: no photo, font or drawing of anybody else is in it.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';

const out = join(import.meta.dirname, '..', '..', 'resources', 'samples', 'image');
mkdirSync(out, { recursive: true });

/** What each picture shows: light, weather, and how much of what is on the road. */
const scenes = [
  { name: '01-day-avenue.jpg', seed: 11, light: 'day', cars: 6, bus: 1, people: 5, cones: 0, riders: 1 },
  {
    name: '02-day-roadworks.jpg',
    seed: 23,
    light: 'day',
    cars: 3,
    truck: 1,
    people: 2,
    cones: 7,
    barriers: 4,
    works: true,
  },
  { name: '03-day-crossing.jpg', seed: 37, light: 'day', cars: 2, people: 9, riders: 3, crossing: true, tricycle: 1 },
  { name: '04-dusk-bus-stop.jpg', seed: 41, light: 'dusk', cars: 4, bus: 1, people: 6, riders: 2 },
  { name: '05-night-street.jpg', seed: 53, light: 'night', cars: 5, people: 3, riders: 1, cones: 2 },
  { name: '06-night-rain.jpg', seed: 67, light: 'night', rain: true, cars: 6, bus: 1, people: 3 },
  { name: '07-fog-lorry.jpg', seed: 71, light: 'fog', cars: 3, truck: 1, people: 2, cones: 3, bicycles: 2 },
];

/** Runs in the page: draws one scene and answers it as a data URL. */
function draw(scene) {
  const [W, H] = [960, 600];
  const canvas = Object.assign(document.createElement('canvas'), { width: W, height: H });
  const c = canvas.getContext('2d');
  let state = scene.seed;
  const rnd = () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
  const between = (a, b) => a + (b - a) * rnd();
  const pick = (list) => list[Math.floor(rnd() * list.length)];
  const night = scene.light === 'night';
  const dusk = scene.light === 'dusk';
  const fog = scene.light === 'fog';
  const dim = night ? 0.32 : dusk ? 0.62 : fog ? 0.85 : 1;
  const tone = (r, g, b) => {
    const cool = night ? 1.25 : 1;
    return `rgb(${Math.round(r * dim)},${Math.round(g * dim)},${Math.round(Math.min(255, b * dim * cool))})`;
  };
  const horizon = 232;
  const vanish = 500;
  /** Height in pixels of one metre at a point of the ground. */
  const metre = (y) => (y - horizon) / 3.1;
  const fill = (style, path) => {
    c.fillStyle = style;
    c.beginPath();
    path();
    c.fill();
  };
  const poly = (style, points) =>
    fill(style, () => points.forEach(([x, y], i) => (i === 0 ? c.moveTo(x, y) : c.lineTo(x, y))));
  const round = (style, x, y, w, h, r) => fill(style, () => c.roundRect(x, y, w, h, r));
  const glow = (x, y, r, colour, strength) => {
    const g = c.createRadialGradient(x, y, 0, x, y, r);
    g.addColorStop(0, colour.replace('A', String(strength)));
    g.addColorStop(1, colour.replace('A', '0'));
    c.globalCompositeOperation = 'lighter';
    c.fillStyle = g;
    c.fillRect(x - r, y - r, 2 * r, 2 * r);
    c.globalCompositeOperation = 'source-over';
  };
  const shadow = (x, y, w) => {
    if (night) return;
    c.save();
    c.filter = `blur(${Math.max(1, w / 18)}px)`;
    fill('rgba(0,0,0,0.38)', () => c.ellipse(x, y, w * 0.56, w * 0.07, 0, 0, 7));
    c.restore();
  };

  // Sky
  const sky = c.createLinearGradient(0, 0, 0, horizon + 30);
  const skies = {
    day: ['#5f9fe0', '#cfe6f7'],
    dusk: ['#3b3f6e', '#f0a268'],
    night: ['#070a16', '#1c2238'],
    fog: ['#aeb6bb', '#d5d9da'],
  };
  sky.addColorStop(0, skies[scene.light][0]);
  sky.addColorStop(1, skies[scene.light][1]);
  c.fillStyle = sky;
  c.fillRect(0, 0, W, horizon + 30);
  if (scene.light === 'day') {
    c.save();
    c.filter = 'blur(9px)';
    for (let i = 0; i < 14; i++) {
      fill('rgba(255,255,255,0.5)', () =>
        c.ellipse(between(0, W), between(20, 130), between(40, 110), between(8, 22), 0, 0, 7),
      );
    }
    c.restore();
  }

  // Far houses
  for (let x = -20; x < W; x += between(24, 60)) {
    const h = between(20, 95) * (1 - Math.abs(x - vanish) / 1400);
    c.fillStyle = fog ? '#b9c0c3' : tone(118, 128, 146);
    c.fillRect(x, horizon - h, between(30, 64), h + 8);
  }

  // Near houses, in perspective on both sides
  const house = (side, near, far, metres, colour) => {
    const x0 = vanish + side * near * 640;
    const x1 = vanish + side * far * 640;
    const ground = (t) => horizon + t * 300;
    const top = (t) => horizon - t * metres * 26;
    poly(colour, [
      [x0, ground(near)],
      [x0, top(near)],
      [x1, top(far)],
      [x1, ground(far)],
    ]);
    const floors = Math.round(metres / 1.6);
    const columns = Math.max(2, Math.round((near - far) * 16));
    for (let f = 0; f < floors; f++) {
      for (let k = 0; k < columns; k++) {
        const t0 = near + (far - near) * ((k + 0.22) / columns);
        const t1 = near + (far - near) * ((k + 0.78) / columns);
        const at = (t, part) => top(t) + (horizon - top(t)) * part;
        const [p0, p1] = [(f + 0.25) / floors, (f + 0.75) / floors];
        const lit = (night || dusk) && rnd() < 0.42;
        const shade = lit ? pick(['#f5d88c', '#ffe9b0', '#e9c074', '#cfe3ff']) : tone(70, 92, 118);
        const [a, b] = [vanish + side * t0 * 640, vanish + side * t1 * 640];
        poly(shade, [
          [a, at(t0, p0)],
          [b, at(t1, p0)],
          [b, at(t1, p1)],
          [a, at(t0, p1)],
        ]);
      }
    }
    // Shops on the ground floor
    const y = (t, part) => horizon + (ground(t) - horizon) * part;
    for (let k = 0; k < columns; k++) {
      const t0 = near + (far - near) * ((k + 0.08) / columns);
      const t1 = near + (far - near) * ((k + 0.92) / columns);
      const [a, b] = [vanish + side * t0 * 640, vanish + side * t1 * 640];
      const shade =
        night || dusk
          ? pick(['#ffdf9e', '#ffb16b', '#9fd8ff', '#ff8f8f'])
          : pick([tone(190, 120, 90), tone(90, 130, 120), tone(200, 180, 120)]);
      poly(shade, [
        [a, y(t0, 0.08)],
        [b, y(t1, 0.08)],
        [b, y(t1, 0.62)],
        [a, y(t0, 0.62)],
      ]);
      poly(tone(58, 52, 50), [
        [a, y(t0, 0.02)],
        [b, y(t1, 0.02)],
        [b, y(t1, 0.1)],
        [a, y(t0, 0.1)],
      ]);
    }
  };
  const walls = [
    [176, 150, 126],
    [150, 158, 166],
    [188, 178, 160],
    [134, 118, 110],
    [160, 140, 150],
  ];
  for (const side of [-1, 1]) {
    let t = 0.13;
    const blocks = [];
    while (t < 1.15) {
      const next = t + between(0.1, 0.3);
      blocks.push([t, next]);
      t = next;
    }
    for (const [far, near] of blocks) {
      const [r, g, b] = pick(walls);
      const k = fog ? 1.25 : 1;
      house(side, near, far, between(5, 11), tone(Math.min(255, r * k), Math.min(255, g * k), Math.min(255, b * k)));
    }
  }

  // Ground: pavement, kerb, road
  const edge = (metres, y) => vanish + metres * metre(y) * 1.02;
  poly(tone(158, 155, 150), [
    [0, horizon + 18],
    [W, horizon + 18],
    [W, H],
    [0, H],
  ]);
  const pave = c.createLinearGradient(0, horizon, 0, H);
  pave.addColorStop(0, tone(150, 148, 146));
  pave.addColorStop(1, tone(176, 170, 162));
  poly(pave, [
    [edge(-30, horizon + 12), horizon + 12],
    [edge(30, horizon + 12), horizon + 12],
    [W + 900, H],
    [-900, H],
  ]);
  const road = c.createLinearGradient(0, horizon, 0, H);
  road.addColorStop(0, tone(112, 114, 120));
  road.addColorStop(1, tone(70, 71, 76));
  poly(road, [
    [edge(-5.6, horizon), horizon],
    [edge(5.6, horizon), horizon],
    [edge(5.6, H), H],
    [edge(-5.6, H), H],
  ]);
  for (const side of [-1, 1]) {
    poly(tone(205, 200, 192), [
      [edge(side * 5.6, horizon), horizon],
      [edge(side * 5.85, horizon), horizon],
      [edge(side * 5.85, H), H],
      [edge(side * 5.6, H), H],
    ]);
    poly(tone(222, 220, 212), [
      [edge(side * 5.2, horizon), horizon],
      [edge(side * 5.27, horizon), horizon],
      [edge(side * 5.27, H), H],
      [edge(side * 5.2, H), H],
    ]);
  }
  for (const lane of [-1.75, 1.75]) {
    for (let d = 4; d < 120; d += 7) {
      const y0 = horizon + 1150 / d;
      const y1 = horizon + 1150 / (d + 3);
      if (y0 > H + 60) continue;
      poly(tone(228, 228, 222), [
        [edge(lane - 0.08, y0), y0],
        [edge(lane + 0.08, y0), y0],
        [edge(lane + 0.08, y1), y1],
        [edge(lane - 0.08, y1), y1],
      ]);
    }
  }
  if (scene.crossing) {
    for (let m = -5; m < 5; m += 1)
      poly(tone(232, 232, 228), [
        [edge(m, 470), 470],
        [edge(m + 0.5, 470), 470],
        [edge(m + 0.5, 418), 418],
        [edge(m, 418), 418],
      ]);
  }

  // Lamps and trees along the pavement
  const furniture = [];
  for (const side of [-1, 1]) {
    for (let d = 5; d < 60; d *= 1.55) furniture.push({ y: horizon + 1150 / (d * between(0.95, 1.1)), side });
  }
  furniture
    .sort((a, b) => a.y - b.y)
    .forEach(({ y, side }, i) => {
      const m = metre(y);
      const x = edge(side * 6.6, y);
      if ((i + (side > 0 ? 1 : 0)) % 2 === 0) {
        c.fillStyle = tone(78, 62, 50);
        c.fillRect(x - m * 0.12, y - m * 2.2, m * 0.24, m * 2.2);
        for (let k = 0; k < 26; k++) {
          const g = between(0.75, 1.15);
          fill(fog ? `rgba(120,136,122,0.75)` : tone(58 * g, 104 * g, 56 * g), () =>
            c.ellipse(
              x + between(-1, 1) * m * 1.1,
              y - m * between(2, 4.3),
              m * between(0.3, 0.6),
              m * between(0.25, 0.5),
              0,
              0,
              7,
            ),
          );
        }
      } else {
        c.fillStyle = tone(96, 100, 104);
        c.fillRect(x - m * 0.06, y - m * 5.2, m * 0.12, m * 5.2);
        c.fillRect(Math.min(x, x - side * m * 1.4), y - m * 5.2, m * 1.4, m * 0.1);
        const [lx, ly] = [x - side * m * 1.4, y - m * 5.1];
        if (night || dusk) {
          fill('#fff3cf', () => c.ellipse(lx, ly, m * 0.28, m * 0.1, 0, 0, 7));
          glow(lx, ly, m * 2.6, 'rgba(255,206,120,A)', night ? 0.55 : 0.35);
          glow(lx, y, m * 2.2, 'rgba(255,196,110,A)', night ? 0.2 : 0.1);
        }
      }
    });

  // What stands and drives: drawn from far to near
  const things = [];
  const add = (x, d, paint) => {
    const y = horizon + 1150 / d;
    things.push({ y, paint: () => paint(edge(x, y), y, metre(y)) });
  };
  const paints = [
    [196, 42, 38],
    [236, 236, 238],
    [30, 34, 40],
    [54, 88, 150],
    [164, 170, 176],
    [210, 176, 60],
    [92, 110, 84],
  ];

  const carRear = (x, y, m, away) => {
    const [r, g, b] = pick(paints);
    const [w, h] = [m * 1.8, m * 1.45];
    shadow(x, y, w);
    c.fillStyle = tone(22, 22, 24);
    for (const s of [-1, 1]) c.fillRect(x + s * w * 0.36 - w * 0.07, y - h * 0.24, w * 0.14, h * 0.24);
    const body = c.createLinearGradient(0, y - h, 0, y);
    body.addColorStop(
      0,
      tone(Math.min(255, r * 1.15 + 14), Math.min(255, g * 1.15 + 14), Math.min(255, b * 1.15 + 14)),
    );
    body.addColorStop(1, tone(r * 0.62, g * 0.62, b * 0.62));
    poly(body, [
      [x - w * 0.36, y - h],
      [x + w * 0.36, y - h],
      [x + w * 0.46, y - h * 0.56],
      [x - w * 0.46, y - h * 0.56],
    ]);
    round(body, x - w / 2, y - h * 0.6, w, h * 0.48, m * 0.14);
    poly(tone(52, 66, 82), [
      [x - w * 0.32, y - h * 0.94],
      [x + w * 0.32, y - h * 0.94],
      [x + w * 0.4, y - h * 0.6],
      [x - w * 0.4, y - h * 0.6],
    ]);
    poly(tone(150, 170, 188), [
      [x - w * 0.3, y - h * 0.92],
      [x - w * 0.05, y - h * 0.92],
      [x - w * 0.2, y - h * 0.62],
      [x - w * 0.37, y - h * 0.62],
    ]);
    c.fillStyle = tone(38, 38, 42);
    c.fillRect(x - w * 0.46, y - h * 0.2, w * 0.92, h * 0.08);
    c.fillStyle = away ? tone(36, 84, 180) : tone(40, 92, 186);
    c.fillRect(x - w * 0.14, y - h * 0.34, w * 0.28, h * 0.1);
    for (const s of [-1, 1]) {
      const lx = x + s * w * 0.4;
      const ly = y - h * 0.46;
      const lit = night || dusk || fog;
      round(
        away ? (lit ? '#ff3b30' : tone(176, 30, 28)) : lit ? '#fffbe6' : tone(226, 232, 236),
        lx - w * 0.08,
        ly - h * 0.07,
        w * 0.16,
        h * 0.14,
        m * 0.04,
      );
      if (lit)
        glow(lx, ly, m * (away ? 0.9 : 2.1), away ? 'rgba(255,40,30,A)' : 'rgba(255,246,214,A)', away ? 0.55 : 0.75);
    }
  };
  const carSide = (x, y, m) => {
    const [r, g, b] = pick(paints);
    const [w, h] = [m * 4.2, m * 1.45];
    shadow(x, y, w);
    const body = tone(r, g, b);
    round(body, x - w / 2, y - h * 0.66, w, h * 0.5, m * 0.22);
    poly(body, [
      [x - w * 0.3, y - h * 0.62],
      [x - w * 0.18, y - h],
      [x + w * 0.18, y - h],
      [x + w * 0.32, y - h * 0.62],
    ]);
    poly(tone(60, 78, 96), [
      [x - w * 0.25, y - h * 0.63],
      [x - w * 0.16, y - h * 0.93],
      [x - w * 0.01, y - h * 0.93],
      [x - w * 0.01, y - h * 0.63],
    ]);
    poly(tone(60, 78, 96), [
      [x + w * 0.02, y - h * 0.63],
      [x + w * 0.02, y - h * 0.93],
      [x + w * 0.16, y - h * 0.93],
      [x + w * 0.26, y - h * 0.63],
    ]);
    for (const s of [-0.31, 0.31]) {
      fill(tone(26, 26, 28), () => c.arc(x + s * w, y - h * 0.2, h * 0.23, 0, 7));
      fill(tone(150, 152, 156), () => c.arc(x + s * w, y - h * 0.2, h * 0.12, 0, 7));
    }
  };
  const bigRear = (x, y, m, kind) => {
    const [w, h] = [m * 2.5, m * (kind === 'bus' ? 3.1 : 3.4)];
    const [r, g, b] =
      kind === 'bus'
        ? pick([
            [40, 130, 90],
            [190, 60, 50],
            [56, 104, 172],
          ])
        : [206, 206, 200];
    shadow(x, y, w);
    c.fillStyle = tone(20, 20, 22);
    for (const s of [-1, 1]) c.fillRect(x + s * w * 0.36 - w * 0.08, y - h * 0.14, w * 0.16, h * 0.14);
    round(tone(r, g, b), x - w / 2, y - h, w, h * 0.93, m * 0.12);
    if (kind === 'bus') {
      round(tone(48, 62, 76), x - w * 0.43, y - h * 0.9, w * 0.86, h * 0.36, m * 0.08);
      round(night || dusk ? '#ffd76a' : tone(240, 190, 60), x - w * 0.28, y - h * 0.98, w * 0.56, h * 0.06, m * 0.03);
      c.fillStyle = tone(r * 0.7, g * 0.7, b * 0.7);
      c.fillRect(x - w / 2, y - h * 0.34, w, h * 0.05);
    } else {
      c.strokeStyle = tone(120, 120, 118);
      c.lineWidth = Math.max(1, m * 0.04);
      c.strokeRect(x - w * 0.46, y - h * 0.96, w * 0.92, h * 0.72);
      c.beginPath();
      c.moveTo(x, y - h * 0.96);
      c.lineTo(x, y - h * 0.24);
      c.stroke();
      for (let k = 0; k < 6; k++) {
        c.fillStyle = k % 2 ? tone(220, 50, 44) : tone(236, 236, 230);
        c.fillRect(x - w * 0.46 + (k * w * 0.92) / 6, y - h * 0.22, (w * 0.92) / 6, h * 0.05);
      }
    }
    for (const s of [-1, 1]) {
      round(
        night || dusk || fog ? '#ff3b30' : tone(176, 34, 30),
        x + s * w * 0.42 - w * 0.05,
        y - h * 0.26,
        w * 0.1,
        h * 0.06,
        2,
      );
      if (night || dusk || fog) glow(x + s * w * 0.42, y - h * 0.23, m, 'rgba(255,40,30,A)', 0.5);
    }
  };
  const skins = [
    [224, 186, 158],
    [198, 154, 124],
    [146, 104, 80],
  ];
  const coats = [
    [180, 50, 60],
    [50, 80, 140],
    [60, 60, 66],
    [210, 190, 90],
    [80, 120, 90],
    [224, 224, 220],
    [150, 90, 140],
  ];
  const person = (x, y, m, sitting = false) => {
    const h = m * between(1.55, 1.8);
    const [r, g, b] = pick(coats);
    const s = pick([-1, 1]);
    if (!sitting) shadow(x, y, m * 0.5);
    c.lineCap = 'round';
    c.strokeStyle = tone(44, 48, 62);
    c.lineWidth = m * 0.17;
    for (const k of [-1, 1]) {
      c.beginPath();
      c.moveTo(x + k * m * 0.06, y - h * 0.5);
      c.lineTo(x + k * m * between(0.08, 0.2), y - m * 0.05);
      c.stroke();
    }
    round(tone(r, g, b), x - m * 0.23, y - h * 0.86, m * 0.46, h * 0.42, m * 0.12);
    c.strokeStyle = tone(r * 0.8, g * 0.8, b * 0.8);
    c.lineWidth = m * 0.13;
    c.beginPath();
    c.moveTo(x + s * m * 0.22, y - h * 0.8);
    c.lineTo(x + s * m * 0.3, y - h * 0.5);
    c.stroke();
    const [sr, sg, sb] = pick(skins);
    fill(tone(sr, sg, sb), () => c.arc(x, y - h * 0.93, m * 0.125, 0, 7));
    fill(tone(40, 32, 28), () => c.arc(x, y - h * 0.96, m * 0.125, Math.PI, 0));
  };
  const wheel = (x, y, r) => {
    c.strokeStyle = tone(30, 30, 32);
    c.lineWidth = Math.max(1, r * 0.16);
    c.beginPath();
    c.arc(x, y - r, r, 0, 7);
    c.stroke();
  };
  const bicycle = (x, y, m) => {
    const r = m * 0.33;
    wheel(x - m * 0.5, y, r);
    wheel(x + m * 0.5, y, r);
    c.strokeStyle = tone(...pick(coats));
    c.lineWidth = Math.max(1, m * 0.06);
    c.beginPath();
    c.moveTo(x - m * 0.5, y - r);
    c.lineTo(x - m * 0.15, y - m * 0.75);
    c.lineTo(x + m * 0.35, y - m * 0.75);
    c.lineTo(x, y - r);
    c.closePath();
    c.moveTo(x + m * 0.5, y - r);
    c.lineTo(x + m * 0.33, y - m * 0.95);
    c.lineTo(x + m * 0.18, y - m * 1);
    c.stroke();
  };
  const rider = (x, y, m) => {
    shadow(x, y, m * 1.4);
    bicycle(x, y, m);
    c.save();
    c.translate(0, -m * 0.42);
    person(x - m * 0.08, y, m * 0.92, true);
    c.restore();
  };
  const tricycle = (x, y, m) => {
    shadow(x, y, m * 2.2);
    round(tone(64, 110, 150), x - m * 1.25, y - m * 1.15, m * 1.35, m * 0.85, m * 0.06);
    for (const dx of [-0.95, -0.2, 0.95]) wheel(x + dx * m, y, m * 0.32);
    c.strokeStyle = tone(60, 60, 64);
    c.lineWidth = m * 0.07;
    c.beginPath();
    c.moveTo(x, y - m * 0.45);
    c.lineTo(x + m * 0.95, y - m * 0.32);
    c.lineTo(x + m * 0.75, y - m * 1.05);
    c.stroke();
    c.save();
    c.translate(0, -m * 0.4);
    person(x + m * 0.35, y, m * 0.9, true);
    c.restore();
  };
  const cone = (x, y, m) => {
    shadow(x, y, m * 0.5);
    const h = m * 0.75;
    round(tone(214, 84, 34), x - m * 0.24, y - m * 0.07, m * 0.48, m * 0.08, 1);
    const at = (part) => m * 0.17 * (1 - part) + m * 0.03;
    const band = (from, to, style) =>
      poly(style, [
        [x - at(from), y - h * from],
        [x + at(from), y - h * from],
        [x + at(to), y - h * to],
        [x - at(to), y - h * to],
      ]);
    band(0.06, 1, tone(236, 98, 40));
    band(0.32, 0.5, night ? '#d8d8d0' : tone(244, 242, 236));
    band(0.68, 0.82, night ? '#d8d8d0' : tone(244, 242, 236));
  };
  const barrier = (x, y, m, i) => {
    const [w, h] = [m * 1.3, m * 0.85];
    shadow(x, y, w);
    const colour = i % 2 ? tone(226, 222, 214) : tone(208, 48, 42);
    poly(colour, [
      [x - w * 0.5, y],
      [x + w * 0.5, y],
      [x + w * 0.4, y - h],
      [x - w * 0.4, y - h],
    ]);
    round(i % 2 ? tone(196, 190, 182) : tone(168, 36, 32), x - w * 0.34, y - h * 0.62, w * 0.68, h * 0.24, m * 0.06);
  };
  const works = (x, y, m) => {
    for (let k = 0; k < 9; k++) {
      c.fillStyle = k % 2 ? tone(240, 196, 50) : tone(42, 42, 44);
      c.fillRect(x - m * 2 + (k * m * 4) / 9, y - m * 1.15, (m * 4) / 9, m * 0.3);
    }
    c.fillStyle = tone(96, 98, 100);
    for (const s of [-1, 0, 1]) c.fillRect(x + s * m * 1.85 - m * 0.05, y - m * 1.2, m * 0.1, m * 1.2);
    poly(tone(244, 200, 48), [
      [x, y - m * 2.75],
      [x + m * 0.75, y - m * 1.45],
      [x - m * 0.75, y - m * 1.45],
    ]);
    poly(tone(40, 40, 42), [
      [x, y - m * 2.35],
      [x + m * 0.14, y - m * 1.85],
      [x - m * 0.14, y - m * 1.85],
    ]);
    poly(tone(132, 96, 66), [
      [x - m * 1.7, y],
      [x - m * 0.6, y - m * 0.75],
      [x + m * 0.3, y - m * 0.3],
      [x + m * 1.1, y - m * 0.62],
      [x + m * 1.8, y],
    ]);
  };

  const lanes = [-3.5, 0, 3.5];
  const taken = [];
  const free = (x, d, gap) => {
    if (taken.some((t) => Math.abs(t.x - x) < 1.6 && Math.abs(Math.log(t.d / d)) < gap)) return false;
    taken.push({ x, d });
    return true;
  };
  if (scene.works) {
    add(3.6, 7.4, works);
    taken.push({ x: 3.5, d: 7.4 }, { x: 3.5, d: 5 }, { x: 3.5, d: 10 });
  }
  for (const kind of ['bus', 'truck']) {
    for (let k = 0; k < (scene[kind] ?? 0); k++) {
      const x = kind === 'bus' ? 3.4 : 0.1;
      const d = scene.works ? 9 : between(5.6, 7.5);
      if (free(x, d, 0.4)) add(x, d, (px, py, m) => bigRear(px, py, m, kind));
    }
  }
  for (let k = 0, tries = 0; k < (scene.cars ?? 0) && tries < 200; tries++) {
    const lane = pick(lanes);
    const d = between(4.3, 22);
    const x = lane + between(-0.25, 0.25);
    if (scene.crossing && d < 6.4) continue;
    if (!free(x, d, 0.42)) continue;
    add(x, d, (px, py, m) => carRear(px, py, m, lane >= 0));
    k += 1;
  }
  if (!scene.works) add(-8.6, 6.4, carSide);
  for (let k = 0; k < (scene.riders ?? 0); k++)
    add(
      scene.crossing ? between(-4, 4) : pick([-4.9, 4.9]),
      scene.crossing ? between(5, 5.9) : between(4.6, 10),
      rider,
    );
  for (let k = 0; k < (scene.tricycle ?? 0); k++) add(-4.4, 6.2, tricycle);
  for (let k = 0; k < (scene.bicycles ?? 0); k++) add(7.2 + k * 0.9, 6.3 + k * 0.4, bicycle);
  for (let k = 0; k < (scene.people ?? 0); k++) {
    const onRoad = scene.crossing && k < 5;
    add(
      onRoad ? -4.6 + k * 2 + between(-0.4, 0.4) : pick([-1, 1]) * between(6.4, 8.4),
      onRoad ? between(4.9, 6) : between(3.7, 11),
      person,
    );
  }
  for (let k = 0; k < (scene.cones ?? 0); k++) add(1.9 + between(-0.1, 0.1), 3.75 * 1.24 ** k, cone);
  for (let k = 0; k < (scene.barriers ?? 0); k++) add(2.6 + k * 1.25, 4.6, (px, py, m) => barrier(px, py, m, k));
  things.sort((a, b) => a.y - b.y);
  for (const thing of things) thing.paint();

  if (scene.rain) {
    c.save();
    c.globalAlpha = 0.3;
    c.filter = 'blur(5px)';
    c.setTransform(1, 0, 0, -0.55, 0, 730);
    c.drawImage(canvas, 0, 330, W, 170, 0, 330, W, 270);
    c.restore();
    c.strokeStyle = 'rgba(190,205,230,0.22)';
    c.lineWidth = 1;
    for (let k = 0; k < 420; k++) {
      const [x, y, l] = [between(0, W), between(0, H), between(8, 22)];
      c.beginPath();
      c.moveTo(x, y);
      c.lineTo(x - l * 0.18, y + l);
      c.stroke();
    }
  }
  if (fog) {
    const haze = c.createLinearGradient(0, 90, 0, 470);
    haze.addColorStop(0, 'rgba(206,210,212,0.6)');
    haze.addColorStop(0.4, 'rgba(206,210,212,0.5)');
    haze.addColorStop(1, 'rgba(206,210,212,0.05)');
    c.fillStyle = haze;
    c.fillRect(0, 0, W, H);
  }
  // What a small sensor adds
  const pixels = c.getImageData(0, 0, W, H);
  const grain = night ? 15 : dusk ? 9 : 6;
  for (let i = 0; i < pixels.data.length; i += 4) {
    const n = (rnd() + rnd() - 1) * grain;
    const [px, py] = [(i / 4) % W, Math.floor(i / 4 / W)];
    const v = 1 - 0.2 * (((px - W / 2) / W) ** 2 + ((py - H / 2) / H) ** 2) * 2;
    for (let k = 0; k < 3; k++) pixels.data[i + k] = (pixels.data[i + k] + n) * v;
  }
  c.putImageData(pixels, 0, 0);
  return canvas.toDataURL('image/jpeg', 0.8);
}

const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const page = await browser.newPage();
for (const scene of scenes) {
  const url = await page.evaluate(draw, scene);
  const bytes = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
  writeFileSync(join(out, scene.name), bytes);
  console.log(scene.name, bytes.length);
}
await browser.close();
