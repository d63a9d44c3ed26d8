import { Global, Module } from '@nestjs/common';
import { HttpModule } from '../http/http.module.js';
import { HttpClient } from '../http/index.js';
import { STAND_INS, type StandIns } from '../stand-ins/stand-ins.js';
import { ChatCompletionsClient } from './chat-completions-client.js';
import { llmConfig, type LlmConfig } from './llm.config.js';
import { LlmClient } from './llm-client.js';
import { LLM_DOOR, type LlmDoor, llmDoor } from './llm-door.js';
import { LlmHealth } from './llm.health.js';

@Global()
@Module({
  imports: [HttpModule],
  providers: [
    {
      provide: LLM_DOOR,
      inject: [llmConfig.key, STAND_INS],
      useFactory: (config: LlmConfig, standIns: StandIns) => llmDoor(config, standIns),
    },
    {
      provide: LlmClient,
      inject: [HttpClient, LLM_DOOR, llmConfig.key],
      useFactory: (http: HttpClient, door: LlmDoor | null, { model }: LlmConfig) =>
        new ChatCompletionsClient(http, door, model),
    },
    LlmHealth,
  ],
  exports: [LlmClient],
})
export class LlmModule {}
