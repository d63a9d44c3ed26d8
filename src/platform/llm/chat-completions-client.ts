import { type HttpClient, type HttpResponse, NetworkError } from '../http/index.js';
import { ResponseTooLargeError } from '../http/http-errors.js';
import { textOfAnswer } from './chat-answer.js';
import { LlmClient, LlmError, type LlmPart, type LlmQuestion } from './llm-client.js';
import type { LlmDoor } from './llm-door.js';
import { failureOfStatus } from './llm-failure.js';

const MAX_ANSWER_BYTES = 1024 * 1024;

/** `POST {base}/chat/completions`, with the keys of OpenAI alone: api.openai.com refuses all others. */
export class ChatCompletionsClient extends LlmClient {
  constructor(
    private readonly http: HttpClient,
    private readonly door: LlmDoor | null,
    private readonly model: string,
  ) {
    super();
  }

  override async ask(question: LlmQuestion): Promise<string> {
    if (!this.door) throw new LlmError('not_configured', 'Neither LLM_API_KEY nor LLM_BASE_URL is set');
    const { apiKey } = this.door;
    const response = await this.send(this.door, question);
    const body = jsonOf(response);
    if (response.status < 200 || response.status > 299) throw failureOfStatus(response, body, apiKey);
    return textOfAnswer(body, apiKey);
  }

  private async send({ baseUrl, apiKey }: LlmDoor, question: LlmQuestion): Promise<HttpResponse> {
    const { system, user, maxTokens, timeoutMs, signal } = question;
    try {
      return await this.http.send({
        method: 'POST',
        url: `${baseUrl}/chat/completions`,
        headers: { accept: 'application/json', ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }) },
        body: {
          json: {
            model: this.model,
            messages: [
              { role: 'system', content: system },
              { role: 'user', content: user.map(contentPart) },
            ],
            max_completion_tokens: maxTokens,
          },
        },
        timeoutMs,
        signal,
        maxResponseBytes: MAX_ANSWER_BYTES,
        once: true,
      });
    } catch (error) {
      if (error instanceof NetworkError || error instanceof ResponseTooLargeError) {
        throw new LlmError('temporary', error.message, { cause: error });
      }
      throw error;
    }
  }
}

function contentPart(part: LlmPart): object {
  if (part.type === 'text') return part;
  const url = `data:${part.contentType};base64,${part.data.toString('base64')}`;
  return { type: 'image_url', image_url: { url } };
}

/** undefined when it is none: what stands between may answer with a page. */
function jsonOf({ body }: HttpResponse): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
