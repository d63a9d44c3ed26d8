import { Injectable, type OnModuleInit } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';

/** OWASP's least cost for Argon2id, the default algorithm of the library. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashing runs on the thread pool, not on the event loop. */
@Injectable()
export class Passwords implements OnModuleInit {
  private decoy = '';

  async onModuleInit(): Promise<void> {
    this.decoy = await this.hash('nobody has this password');
  }

  hash(password: string): Promise<string> {
    return hash(password, COST);
  }

  /** Takes as long for an account that does not exist (`undefined`), so that time does not tell which do. */
  async fits(password: string, passwordHash: string | undefined): Promise<boolean> {
    const matches = await verify(passwordHash ?? this.decoy, password);
    return matches && passwordHash !== undefined;
  }
}
