import { Reflector } from '@nestjs/core';

/** What must have become of a hold, as the feature knows it that asked for it. */
export interface ExpectedHold {
  reference: string;
  /** `held`: it has not ended; that is wrong once `endsBy` has passed. */
  outcome: 'held' | 'captured' | 'released';
  amount: number;
  endsBy?: Date;
}

/** Of a feature that holds credits: its side of the books, in pages, in the order of `after`. */
export type CreditsWitness = (after: string | null, limit: number) => Promise<WitnessPage>;

export interface WitnessPage {
  holds: ExpectedHold[];
  /** How many rows of the feature these are of. */
  jobs: number;
  /** Where the next page begins; null: there is none. */
  next: string | null;
}

const Witnessed = Reflector.createDecorator<string>();

/**
 * Marks the method that tells the nightly proof what ought to be in the ledger.
 * @param prefix of the references that it answers for, e.g. `job:`
 */
export function WitnessesCredits(prefix: string) {
  return <M extends CreditsWitness>(target: object, property: string, descriptor: TypedPropertyDescriptor<M>): void => {
    Witnessed(prefix)(target, property, descriptor);
  };
}

export function witnessedPrefix(reflector: Reflector, method: CreditsWitness): string | undefined {
  return reflector.get(Witnessed, method);
}
