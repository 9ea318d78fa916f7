// What the ranker and the pages call alike; pure.

/** Two stories are alike from this cosine of their vectors on; of words, from this share of the best story's on. */
export const leastAlike = 0.3;
