import { Global, Module } from '@nestjs/common';
import type { Alert } from '../alerts/alert.entity.js';
import { AlertsFrontend } from '../alerts/alerts-frontend.js';

/** An operator who notes what he is told. */
export class RecordingFrontend extends AlertsFrontend {
  /** E.g. `told provider_down yt-dlp 1`, where the number is of the telling. */
  readonly notes: string[] = [];
  isThere = true;

  canTell(): boolean {
    return this.isThere;
  }

  tell(alert: Alert): Promise<void> {
    return this.note('told', alert);
  }

  resolved(alert: Alert): Promise<void> {
    return this.note('resolved', alert);
  }

  show(alert: Alert): Promise<void> {
    return this.note(`shown ${alert.presses.map(({ action, by }) => `${action} by ${by}`).join()} of`, alert);
  }

  words({ name, subject }: Alert): { en: string; ru: string } {
    return { en: `${name} of ${subject}`, ru: `${name} у ${subject}` };
  }

  private note(what: string, { name, subject, tellings }: Alert): Promise<void> {
    this.notes.push(`${what} ${name} ${subject} ${tellings}`);
    return Promise.resolve();
  }
}

/** For what stands on `OpsModule` and has no bot to tell the operator. */
@Global()
@Module({ providers: [{ provide: AlertsFrontend, useClass: RecordingFrontend }], exports: [AlertsFrontend] })
export class RecordingFrontendModule {}
