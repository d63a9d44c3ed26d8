/**
 * SQL: attempts that say something about their provider. What failed by its content or by us, and what was cancelled or is
 * still going on, says nothing.
 */
export const COUNTED = `outcome IN ('succeeded', 'failed')
  AND (error_class IS NULL OR error_class NOT IN ('CONTENT', 'LOCAL'))`;
