"""Groups across providers: places, sessions, enrolment, and groups that form from several lists."""
