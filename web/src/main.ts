import { mount } from 'svelte';
import './style/base.css';
import './style/controls.css';
import App from './App.svelte';
import { clock } from './base/clock.svelte';
import { firstLanguage, language } from './base/language.svelte';
import { find } from './base/router.svelte';
import { session } from './base/session.svelte';

// The words, the screen that the address names and who is here are asked for side by side, not one after the other.
clock.start();
await Promise.all([
  language.use(firstLanguage()),
  session.load().catch(() => {}),
  find(location.pathname)?.page.load().catch(() => {}),
]);
mount(App, { target: document.getElementById('app')! });
