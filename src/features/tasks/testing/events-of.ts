import type { TaskDto } from '../tasks.dto.js';

/** The tasks that an event stream tells of, until its end. */
export async function* eventsOf(response: Response): AsyncGenerator<TaskDto, undefined> {
  let rest = '';
  for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('data: ')) yield JSON.parse(line.slice('data: '.length)) as TaskDto;
    }
  }
}
