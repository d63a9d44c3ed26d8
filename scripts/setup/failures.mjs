import { readText, writeText } from './stamps.mjs';

const RETRY_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * Which tools could not be had, and why. They are not tried again at every start: optional ones a day later, or when
 * the circumstances (a text: who runs this, what is allowed) are others; required ones always.
 */
export class Failures {
  #path;
  #circumstances;
  #byName;

  constructor(path, circumstances) {
    this.#path = path;
    this.#circumstances = circumstances;
    this.#byName = JSON.parse(readText(path) || '{}');
  }

  mayRetry({ name, required = false }) {
    const failure = this.#byName[name];
    if (required || failure === undefined || failure.circumstances !== this.#circumstances) return true;
    return Date.now() - failure.at > RETRY_AFTER_MS;
  }

  reason({ name }) {
    return this.#byName[name]?.reason ?? 'it has not been tried';
  }

  add({ name }, reason) {
    this.#save({ ...this.#byName, [name]: { at: Date.now(), circumstances: this.#circumstances, reason } });
  }

  remove({ name }) {
    if (!(name in this.#byName)) return;
    this.#save(Object.fromEntries(Object.entries(this.#byName).filter(([other]) => other !== name)));
  }

  #save(byName) {
    this.#byName = byName;
    writeText(this.#path, `${JSON.stringify(byName, undefined, 2)}\n`);
  }
}
