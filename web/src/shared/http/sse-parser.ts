export interface ServerSentEvent {
  /** The `event:` field; `message` when the server names none. */
  type: string;
  data: string;
}

/**
 * Cuts a `text/event-stream` into events, chunk by chunk: an event or a line may span chunks.
 * `id:` and `retry:` are ignored, for a reconnecting page reads everything anew.
 */
export class SseParser {
  private rest = '';
  private type = '';
  private data: string[] = [];

  push(chunk: string): ServerSentEvent[] {
    const events: ServerSentEvent[] = [];
    const lines = (this.rest + chunk).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      const event = this.take(line.endsWith('\r') ? line.slice(0, -1) : line);
      if (event) events.push(event);
    }
    return events;
  }

  private take(line: string): ServerSentEvent | null {
    if (line === '') return this.finish();
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') this.type = value;
    if (field === 'data') this.data.push(value);
    return null;
  }

  private finish(): ServerSentEvent | null {
    const event = this.data.length > 0 ? { type: this.type || 'message', data: this.data.join('\n') } : null;
    this.type = '';
    this.data = [];
    return event;
  }
}
