import { StringDecoder } from 'node:string_decoder';

/** Cuts bytes into lines at `\n` and `\r`. Empty lines are left out; the part of a line beyond `maxLength` is lost. */
export class LineSplitter {
  private readonly decoder = new StringDecoder('utf8');
  private line = '';

  constructor(
    private readonly onLine: (line: string) => void,
    private readonly maxLength = 16_384,
  ) {}

  push(bytes: Buffer): void {
    this.take(this.decoder.write(bytes));
  }

  /** Hands out what came after the last separator. */
  end(): void {
    this.take(this.decoder.end());
    this.flush();
  }

  private take(text: string): void {
    const [first = '', ...rest] = text.split(/[\r\n]/);
    this.append(first);
    for (const part of rest) {
      this.flush();
      this.append(part);
    }
  }

  private append(text: string): void {
    this.line += text.slice(0, this.maxLength - this.line.length);
  }

  private flush(): void {
    const line = this.line;
    this.line = '';
    if (line !== '') this.onLine(line);
  }
}
