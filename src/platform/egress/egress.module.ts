import { Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { egressConfig, type EgressConfig } from './egress.config.js';
import { EgressGateway } from './egress-gateway.js';

@Global()
@Module({
  providers: [
    {
      provide: EgressGateway,
      inject: [egressConfig.key],
      useFactory: async ({ allowedPrivateHosts }: EgressConfig) => {
        const gateway = new EgressGateway({ allowedPrivateHosts });
        await gateway.start();
        return gateway;
      },
    },
  ],
  exports: [EgressGateway],
})
export class EgressModule implements OnApplicationShutdown {
  constructor(private readonly gateway: EgressGateway) {}

  async onApplicationShutdown(): Promise<void> {
    await this.gateway.stop();
  }
}
