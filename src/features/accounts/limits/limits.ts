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

/** What an account has used of its quotas. */
export interface QuotaUse {
  /** Of the calendar month in UTC. */
  recordingsThisMonth: number;
  storageBytes: number;
  runningTasks: number;
  automationJobs: number;
}
