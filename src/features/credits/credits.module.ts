import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CreditAudit } from './audit/credit-audit.entity.js';
import { CreditAudits } from './audit/credit-audits.js';
import { Proof } from './audit/proof.js';
import { AccountViews } from './ledger/account-views.js';
import { CreditAccount } from './ledger/credit-account.entity.js';
import { CreditAccounts } from './ledger/credit-accounts.js';
import { CreditEntry } from './ledger/credit-entry.entity.js';
import { Ledger } from './ledger/ledger.js';
import { OtherSides } from './ledger/other-sides.js';
import { Postings } from './ledger/postings.js';
import { ReferencedEntries } from './ledger/referenced-entries.js';
import { CreditLot } from './lots/credit-lot.entity.js';
import { CreditLotHold } from './lots/credit-lot-hold.entity.js';
import { ExpirySweep } from './lots/expiry-sweep.js';
import { Lots } from './lots/lots.js';
import { CreditsController } from './operator/credits.controller.js';
import { EntryLog } from './operator/entry-log.js';
import { OperatorGrants } from './operator/operator-grants.js';

@Module({
  imports: [TypeOrmModule.forFeature([CreditAccount, CreditAudit, CreditEntry, CreditLot, CreditLotHold])],
  controllers: [CreditsController],
  providers: [
    AccountViews,
    CreditAccounts,
    CreditAudits,
    EntryLog,
    ExpirySweep,
    Ledger,
    Lots,
    OperatorGrants,
    OtherSides,
    Postings,
    Proof,
    ReferencedEntries,
  ],
  exports: [Ledger],
})
export class CreditsModule {}
