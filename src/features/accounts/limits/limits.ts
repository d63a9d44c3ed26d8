/** What an account may do, besides what its role opens. */
export interface Permissions {
  canTranscribe: boolean;
  canUpload: boolean;
  canDeleteRecordings: boolean;
}

export const ALL_PERMISSIONS: Permissions = { canTranscribe: true, canUpload: true, canDeleteRecordings: true };

/** How much of everything an account may have. */
export interface QuotaLimits {
  maxRecordingsPerMonth: number;
  maxStorageBytes: number;
  /** Tasks that run at once; more wait. */
  maxConcurrentTasks: number;
  maxAutomationJobs: number;
  minAutomationIntervalHours: number;
}

/** The least and the most that each may be, whoever sets it: PostgreSQL counts them in whole numbers. */
export const QUOTA_BOUNDS: Record<keyof QuotaLimits, Readonly<{ min: number; max: number }>> = {
  maxRecordingsPerMonth: { min: 0, max: 1_000_000 },
  maxStorageBytes: { min: 0, max: 2 ** 50 },
  maxConcurrentTasks: { min: 0, max: 1_000_000 },
  maxAutomationJobs: { min: 0, max: 1_000_000 },
  minAutomationIntervalHours: { min: 1, max: 8_760 },
};

/** What an account has used of its quotas. */
export interface QuotaUse {
  /** Of the calendar month in UTC. */
  recordingsThisMonth: number;
  storageBytes: number;
  runningTasks: number;
  automationJobs: number;
}
