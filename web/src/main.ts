import { mount } from 'svelte';
import App from './App.svelte';
import { embeddedPictures, embeddedReport } from './data/payload';
import './style.css';

const target = document.getElementById('app')!;
try {
  const report = embeddedReport(document);
  mount(App, { target, props: { report, pictures: embeddedPictures(document) } });
} catch (error) {
  target.textContent = `This report cannot be shown: ${String(error)}`;
}
