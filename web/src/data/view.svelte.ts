// The filter as the page's state, and the URL's hash beside it.
import { filterOf, hashOf, NO_FILTER, type Filter } from './filter';

export class View {
  filter: Filter = $state.raw(filterOf(location.hash));

  constructor() {
    addEventListener('hashchange', () => (this.filter = filterOf(location.hash)));
  }

  // A change starts at the first page again and leaves a single sample.
  set(changes: Partial<Filter>): void {
    this.filter = { ...this.filter, page: 1, sample: '', ...changes };
    history.replaceState(null, '', hashOf(this.filter));
  }

  clear(): void {
    this.set({ ...NO_FILTER, benchmark: this.filter.benchmark });
  }

  // Where a link to other filters of the same benchmark leads.
  link(changes: Partial<Filter>): string {
    return hashOf({ ...NO_FILTER, benchmark: this.filter.benchmark, ...changes });
  }
}
