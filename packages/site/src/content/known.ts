/** What there is that a section may name: handles. */
export interface Known {
  readonly sites: readonly string[];
  readonly sections: readonly string[];
  /** Those of `sections` that are structures. */
  readonly structures: readonly string[];
  readonly groups: readonly string[];
  readonly volumes: readonly string[];
}
