import { mount } from 'svelte';
import './style/base.css';
import './style/controls.css';
import App from './App.svelte';
import { clock } from './base/clock.svelte';
import { firstLanguage, language } from './base/language.svelte';
import { find } from './base/router.svelte';

// The words and the screen that the address names are fetched side by side, not one after the other.
find(location.pathname)?.page.load().catch(() => {});
await language.use(firstLanguage());
clock.start();
mount(App, { target: document.getElementById('app')! });
