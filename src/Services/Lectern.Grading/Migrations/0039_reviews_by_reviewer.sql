-- What one learner gives and gets, those taken away included: without it all reviews of the assignment were read for a learner's six.
CREATE INDEX peer_reviews_by_reviewer ON peer_reviews (tenant_id, assignment_id, reviewer_id);
