export { auditCredits } from './audit/audit-credits.command.js';
export { WitnessesCredits, type ExpectedHold, type WitnessPage } from './audit/credits-witness.js';
export { CreditsModule } from './credits.module.js';
export type { CreditOwner } from './ledger/credit-account.entity.js';
export type { CreditEntry, EntryKind } from './ledger/credit-entry.entity.js';
export { Ledger, type Balance, type Hold, type HoldOutcome } from './ledger/ledger.js';
