// Made by `npm run types` from docs/reference/openapi.json.
export interface components {
    schemas: {
        AcceptMarksResponse: {
            /** Format: int32 */
            accepted: number;
            /** Format: int32 */
            left: number;
            more: boolean;
        };
        AccessReason: {
            role: components["schemas"]["Role"];
            scope: string;
            source: string;
            because: string;
            active: boolean;
            /** Format: date-time */
            starts_at: null | string;
            /** Format: date-time */
            ends_at: null | string;
            /** Format: date-time */
            opens_at: null | string;
            /** Format: date-time */
            closes_at: null | string;
        };
        AccessTokenRoutesIssued: {
            access_token: string;
            token_type: string;
            /** Format: int32 */
            expires_in_seconds: number;
        };
        /** Format: int64 */
        AccountId: number;
        AccountListed: {
            account_id: components["schemas"]["AccountId"];
            parent_id: null | components["schemas"]["AccountId"];
            /** Format: int32 */
            depth: number;
            name: string;
            sis_id: null | string;
            /** Format: int32 */
            version: number;
        };
        AccountShown: {
            account_id: components["schemas"]["AccountId"];
            parent_id: null | components["schemas"]["AccountId"];
            name: string;
            sis_id: null | string;
            ancestors: components["schemas"]["AncestorShown"][];
            settings: components["schemas"]["SettingsShown"];
            effective: components["schemas"]["EffectiveSetting"][];
            /** Format: int32 */
            version: number;
        };
        AddCommentRequest: {
            body: null | string;
            file_ids: null | number[];
            /** @default false */
            at_once: boolean;
        };
        AddGroupMemberRequest: {
            user_id: components["schemas"]["UserId"];
        };
        AddObserverRequest: {
            observer_id: null | components["schemas"]["UserId"];
            email: null | string;
        };
        AddPeerReviewRequest: {
            reviewer_id: components["schemas"]["UserId"];
            author_id: components["schemas"]["UserId"];
        };
        AddPeerReviewResponse: {
            peer_review_id: components["schemas"]["PeerReviewId"];
        };
        /** @enum {unknown} */
        AgreementRule: "average" | "median" | "highest" | "moderator";
        Alignment: {
            rubric_id: null | components["schemas"]["RubricId"];
            criterion_id: null | string;
            assignment_id: null | components["schemas"]["AssignmentId"];
            rubric: null | string;
            criterion: null | string;
            assignment: null | string;
        };
        AlignmentChoices: {
            criteria: components["schemas"]["CriterionChoice"][];
            assignments: components["schemas"]["AssignmentChoice"][];
        };
        AlignmentFields: {
            rubric_id: null | components["schemas"]["RubricId"];
            criterion_id: null | string;
            assignment_id: null | components["schemas"]["AssignmentId"];
        };
        AllocateMarkersRequest: {
            marker_ids: null | number[];
            section_id: null | components["schemas"]["SectionId"];
            user_ids: null | number[];
            anew: boolean;
        };
        AllocationFinding: {
            issue: components["schemas"]["AllocationIssue"];
            /** Format: int32 */
            count: number;
            because: string;
        };
        /** @enum {unknown} */
        AllocationIssue: "no_work" | "too_few_works" | "works_short" | "uneven_reviewers" | "not_due_yet" | "samples";
        AllocationView: {
            /** Format: int32 */
            works: number;
            /** Format: int32 */
            reviewers: number;
            /** Format: int32 */
            standing: number;
            /** Format: int32 */
            added: number;
            per_work: components["schemas"]["LoadRange"];
            per_reviewer: components["schemas"]["LoadRange"];
            findings: components["schemas"]["AllocationFinding"][];
        };
        AllowanceEntry: {
            /** Format: int32 */
            version: number;
            allowance: components["schemas"]["LateAllowance"];
            actor_id: null | components["schemas"]["UserId"];
            actor_name: null | string;
            reason: null | string;
            /** Format: date-time */
            at: string;
        };
        AllowanceView: {
            course_id: components["schemas"]["CourseId"];
            user_id: components["schemas"]["UserId"];
            /** Format: int32 */
            version: number;
            exempt: boolean;
            exempt_from: number[];
            /** Format: int32 */
            passes_each: null | number;
            /** Format: int32 */
            extra_passes: number;
            /** Format: int32 */
            passes_left: number;
            /** Format: int32 */
            seconds_each: null | number;
            /** Format: int32 */
            most_per_assignment: null | number;
            not_on: number[];
            used: components["schemas"]["UsedPasses"][];
            history: null | components["schemas"]["AllowanceEntry"][];
        };
        AncestorShown: {
            account_id: components["schemas"]["AccountId"];
            name: string;
        };
        /** Format: int64 */
        AnnotationId: number;
        /** @enum {unknown} */
        AnnotationKind: "highlight" | "strike" | "point" | "area" | "drawing";
        AnnotationView: {
            annotation_id: components["schemas"]["AnnotationId"];
            submission_id: components["schemas"]["SubmissionId"];
            file_id: null | components["schemas"]["FileId"];
            /** Format: int32 */
            page: null | number;
            kind: components["schemas"]["AnnotationKind"];
            body: string;
            quote: null | string;
            author_id: null | components["schemas"]["UserId"];
            author_name: null | string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            changed_at: string;
            /** Format: int32 */
            version: number;
            annotation: components["schemas"]["WebAnnotation"];
        };
        AnswerCalibrationRequest: {
            /** Format: double */
            score: null | number;
            comment: null | string;
            /** Format: int32 */
            rubric_version: null | number;
            criteria: null | components["schemas"]["CriterionChange"][];
        };
        AnswerGiver: {
            user_id: components["schemas"]["UserId"];
            name: string;
        };
        AnswerGroup: {
            answer_key: string;
            answer: string;
            /** Format: int32 */
            waiting: number;
            /** Format: int32 */
            judged: number;
            marks: components["schemas"]["GroupedMark"][];
            learners: components["schemas"]["AnswerGiver"][];
            held_by: null | components["schemas"]["AnswerHolder"];
        };
        AnswerHolder: {
            user_id: components["schemas"]["UserId"];
            name: null | string;
            /** Format: date-time */
            until: string;
        };
        AnswerKey: {
            kind: components["schemas"]["AnswerKind"];
            exact: null | components["schemas"]["ExactKey"];
            numeric: null | components["schemas"]["NumericKey"];
            pattern: null | components["schemas"]["PatternKey"];
            free_text: null | components["schemas"]["FreeTextKey"];
            code: null | components["schemas"]["CodeKey"];
        };
        /** @enum {unknown} */
        AnswerKind: "exact" | "numeric" | "pattern" | "free_text" | "code";
        /** @enum {unknown} */
        AnswerOutcome: "right" | "wrong" | "no_answer" | "not_a_number" | "unit_missing" | "unit_differs" | "figures_differ" | "timed_out" | "for_a_person" | "partly" | "waiting" | "not_run" | "check_failed" | "credited";
        AnswerRegradeRequestRequest: {
            answer: null | string;
            /** Format: int32 */
            version: null | number;
        };
        ApplyRosterImportRequest: {
            confirm_holds: null | boolean;
            notify: null | boolean;
        };
        ApplyRosterImportResponse: {
            roster_import_id: components["schemas"]["RosterImportId"];
            state: components["schemas"]["RosterImportState"];
            /** Format: uuid */
            job_id: string;
        };
        AskedQuestion: {
            question_id: string;
            prompt: string;
            /** Format: double */
            points: number;
            kind: components["schemas"]["AnswerKind"];
            has_unit: boolean;
            /** Format: int32 */
            significant_figures: null | number;
            language: null | string;
            tests: components["schemas"]["ShownTest"][];
        };
        AskForPasswordResetRequest: {
            email: null | string;
        };
        AssessmentChange: {
            /** Format: int32 */
            rubric_version: null | number;
            criteria: null | components["schemas"]["CriterionChange"][];
            /** Format: int64 */
            submission_id?: number;
            /** @default false */
            only_this_learner: boolean;
        };
        AssessmentSheet: {
            /** Format: int32 */
            rubric_version: number;
            criteria: components["schemas"]["SaidCriterion"][];
            /** Format: double */
            total: null | number;
        };
        AssessmentView: {
            rubric: components["schemas"]["Rubric"];
            total_is_score: boolean;
            /** Format: int32 */
            made_with_version: number;
            criteria: components["schemas"]["CriterionView"][];
            /** Format: double */
            total: null | number;
            complete: boolean;
            /** Format: int32 */
            grade_version: null | number;
        };
        AssignmentChoice: {
            assignment_id: components["schemas"]["AssignmentId"];
            title: string;
        };
        AssignmentDate: {
            assignment_id: components["schemas"]["AssignmentId"];
            audience: components["schemas"]["DateAudience"];
            /** Format: int64 */
            audience_id: number;
            /** Format: date-time */
            due_at: null | string;
            /** Format: date-time */
            unlocks_at: null | string;
            /** Format: date-time */
            locks_at: null | string;
        };
        AssignmentFields: {
            title?: null | string;
            description?: string;
            assignment_group_id?: null | components["schemas"]["AssignmentGroupId"];
            /** Format: double */
            points_possible?: number;
            grading_type?: components["schemas"]["AssignmentGrading"];
            submission_types?: components["schemas"]["SubmissionType"][];
            /** Format: date-time */
            due_at?: null | string;
            /** Format: date-time */
            unlocks_at?: null | string;
            /** Format: date-time */
            locks_at?: null | string;
            /** Format: int32 */
            attempts_allowed?: null | number;
            attempts_kept?: components["schemas"]["AttemptsKept"];
            /** Format: int32 */
            position?: null | number;
            omit_from_final?: boolean;
            extra_credit?: boolean;
            optional?: boolean;
            only_named?: boolean;
            posts_manually?: boolean;
            group_set_id?: null | components["schemas"]["GroupSetId"];
            grade_individually?: boolean;
            status?: components["schemas"]["AssignmentStatus"];
            /** Format: int32 */
            version?: null | number;
        };
        /** @enum {unknown} */
        AssignmentGrading: "points" | "percent" | "pass_fail" | "letter" | "gpa" | "not_graded";
        AssignmentGroup: {
            assignment_group_id: components["schemas"]["AssignmentGroupId"];
            /** Format: int32 */
            slot: number;
            name: string;
            /** Format: double */
            weight_percent: number;
            /** Format: int32 */
            drop_lowest: number;
            /** Format: int32 */
            drop_highest: number;
            never_drop: number[];
            extra_credit: boolean;
            /** Format: int32 */
            position: number;
            /** Format: int32 */
            version: number;
        };
        /** Format: int64 */
        AssignmentGroupId: number;
        /** Format: int64 */
        AssignmentId: number;
        AssignmentLabels: {
            assignment_id: components["schemas"]["AssignmentId"];
            late?: null | components["schemas"]["Label"];
            missing?: null | components["schemas"]["Label"];
        };
        AssignmentRubric: {
            total_is_score: boolean;
            /** Format: int32 */
            link_version: number;
            rubric: components["schemas"]["Rubric"];
        };
        /** @enum {unknown} */
        AssignmentStatus: "draft" | "published" | "deleted";
        AssignmentView: {
            assignment_id: components["schemas"]["AssignmentId"];
            course_id: components["schemas"]["CourseId"];
            assignment_group_id: components["schemas"]["AssignmentGroupId"];
            title: string;
            description: null | string;
            /** Format: double */
            points_possible: number;
            grading_type: components["schemas"]["AssignmentGrading"];
            submission_types: components["schemas"]["SubmissionType"][];
            /** Format: date-time */
            due_at: null | string;
            /** Format: date-time */
            unlocks_at: null | string;
            /** Format: date-time */
            locks_at: null | string;
            /** Format: int32 */
            attempts_allowed: null | number;
            status: components["schemas"]["AssignmentStatus"];
            /** Format: int32 */
            position: number;
            omit_from_final: boolean;
            extra_credit: boolean;
            optional: boolean;
            only_named: boolean;
            posts_manually: boolean;
            /** Format: date-time */
            posts_at: null | string;
            group_set_id: null | components["schemas"]["GroupSetId"];
            grade_individually: boolean;
            anonymous: boolean;
            several_markers: boolean;
            attempts_kept: components["schemas"]["AttemptsKept"];
            /** Format: int32 */
            version: number;
            /** Format: int32 */
            ungraded_count: null | number;
            my: null | components["schemas"]["MyStanding"];
        };
        AttemptScore: {
            submission_id: components["schemas"]["SubmissionId"];
            /** Format: double */
            score: number;
        };
        AttemptScores: {
            scores: components["schemas"]["AttemptScore"][];
        };
        /** @enum {unknown} */
        AttemptsKept: "latest" | "highest" | "average";
        AuditEntry: {
            /** Format: uuid */
            audit_entry_id: string;
            /** Format: date-time */
            at: string;
            actor_id: null | components["schemas"]["UserId"];
            actor_name: null | string;
            actor_kind: string;
            action: string;
            subject: string;
            subject_name: null | string;
            address: null | string;
            detail: null | components["schemas"]["JsonElement"];
        };
        AuditRoutesSealListed: {
            /** Format: int64 */
            seal_no: number;
            /** Format: int32 */
            era: number;
            /** Format: int32 */
            entries: number;
            hash: string;
            /** Format: date-time */
            sealed_at: string;
        };
        CalendarEvent: {
            kind: string;
            title: string;
            /** Format: date-time */
            starts_at: string;
            course_id: components["schemas"]["CourseId"];
            course_title: string;
            assignment_id: null | components["schemas"]["AssignmentId"];
            learner_id: null | components["schemas"]["UserId"];
            learner_name: null | string;
            link: null | string;
        };
        CalibrationLine: {
            user_id: components["schemas"]["UserId"];
            name: string;
            is_open: boolean;
            is_author: boolean;
            /** Format: double */
            my_score: null | number;
            /** Format: double */
            reference: null | number;
            /** Format: int32 */
            answers: number;
            /** Format: int32 */
            version: number;
        };
        CalibrationPiece: {
            user_id: components["schemas"]["UserId"];
            name: string;
            /** Format: double */
            points_possible: number;
            submission: components["schemas"]["SubmissionView"];
            rubric: null | components["schemas"]["Rubric"];
            total_is_score: boolean;
            mine: null | components["schemas"]["CalibrationSaid"];
            reference: null | components["schemas"]["CalibrationSaid"];
            is_author: boolean;
            /** Format: int32 */
            version: number;
        };
        CalibrationSaid: {
            /** Format: double */
            score: number;
            assessment: null | components["schemas"]["AssessmentSheet"];
            comment: string;
            /** Format: date-time */
            at: null | string;
        };
        CellChange: {
            assignment_id?: components["schemas"]["AssignmentId"];
            user_id?: components["schemas"]["UserId"];
            /** Format: double */
            score?: null | number;
            status?: null | components["schemas"]["WorkStatus"];
            /** Format: int16 */
            label?: null | number;
            /** Format: int64 */
            seconds_late?: null | number;
            rubric_data?: null | components["schemas"]["JsonElement"];
            comment?: null | string;
            comment_at_once?: boolean;
            reason?: null | string;
            submission_id?: null | components["schemas"]["SubmissionId"];
            only_this_learner?: boolean;
            /** Format: int32 */
            restore?: null | number;
            /** Format: int32 */
            version?: null | number;
        };
        ChangedCell: {
            assignment_id: components["schemas"]["AssignmentId"];
            user_id: components["schemas"]["UserId"];
            /** Format: double */
            score_before: null | number;
            status_before: components["schemas"]["WorkStatus"];
            /** Format: double */
            score_now: null | number;
            status_now: components["schemas"]["WorkStatus"];
            actor_id: null | components["schemas"]["UserId"];
            actor_name: null | string;
            /** Format: date-time */
            at: string;
        };
        ChangeEnrollmentRequest: {
            role: null | string;
            section_id: null | components["schemas"]["SectionId"];
            state: null | string;
            /** Format: date-time */
            starts_at: null | string;
            /** Format: date-time */
            ends_at: null | string;
            /** Format: int32 */
            version: null | number;
        };
        ChangePasswordRequest: {
            current_password: null | string;
            password: null | string;
        };
        ClaimAnswersClaimedAnswers: {
            answer_key: string;
            /** Format: date-time */
            claimed_until: string;
            group: null | components["schemas"]["AnswerGroup"];
        };
        ClaimAnswersRequest: {
            question_id: null | string;
            /** Format: int32 */
            count: null | number;
            known: null | string[];
        };
        ClaimAnswersResponse: {
            claims: components["schemas"]["ClaimAnswersClaimedAnswers"][];
            progress: components["schemas"]["QuestionProgress"];
        };
        ClaimHolder: {
            user_id: components["schemas"]["UserId"];
            name: null | string;
            /** Format: date-time */
            until: string;
        };
        ClaimWorkClaimedWork: {
            user_id: components["schemas"]["UserId"];
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            claimed_until: string;
            work: null | components["schemas"]["GradingWork"];
        };
        ClaimWorkRequest: {
            section_id: null | components["schemas"]["SectionId"];
            order: null | string;
            /** Format: int32 */
            count: null | number;
            known: null | number[];
        };
        ClaimWorkResponse: {
            claims: components["schemas"]["ClaimWorkClaimedWork"][];
            progress: components["schemas"]["QueueProgress"];
        };
        ClusterRoutesCluster: {
            nodes: components["schemas"]["ClusterViewNode"][];
            shards: components["schemas"]["ClusterViewShard"][];
            plans: components["schemas"]["ClusterViewPlan"][];
        };
        ClusterViewNode: {
            name: string;
            target: string;
            version: string;
            state: components["schemas"]["ClusterViewNodeState"];
            /** Format: date-time */
            started_at: string;
            /** Format: date-time */
            seen_at: string;
            /** Format: double */
            cores_used: number;
            /** Format: int64 */
            memory_bytes: number;
            /** Format: int64 */
            disk_free_bytes: number;
            /** Format: int32 */
            live_streams: number;
            away: string[];
        };
        /** @enum {unknown} */
        ClusterViewNodeState: "serving" | "draining" | "silent";
        ClusterViewPlan: {
            name: string;
            /** Format: int64 */
            institutions: number;
        };
        ClusterViewShard: {
            /** Format: int32 */
            id: number;
            label: string;
            cluster: string;
            region: null | string;
            tier: null | components["schemas"]["SizeTier"];
            draining: boolean;
            answers: boolean;
            /** Format: int64 */
            institutions: number;
            jobs: null | components["schemas"]["ShardMeasuresWork"];
            readers: components["schemas"]["OutboxLagReader"][];
            standbys: components["schemas"]["ClusterViewStandby"][];
        };
        ClusterViewStandby: {
            address: string;
            purposes: components["schemas"]["ReadPurpose"][];
            /** Format: double */
            lag_seconds: null | number;
        };
        CodeCheck: {
            language: string;
            source: string;
        };
        CodeFields: {
            language: null | string;
            tests: null | components["schemas"]["CodeTestFields"][];
            check_source?: null | string;
        };
        CodeKey: {
            language: string;
            tests: components["schemas"]["CodeTest"][];
            check: null | components["schemas"]["CodeCheck"];
        };
        CodeTest: {
            name: string;
            input: string;
            expected: string;
            /** Format: double */
            points: number;
            hidden: boolean;
        };
        CodeTestFields: {
            name: null | string;
            input: null | string;
            expected: null | string;
            /**
             * Format: double
             * @default 1
             */
            points: number;
            /** @default false */
            hidden: boolean;
        };
        CommentDraft: {
            body: string;
            /** Format: date-time */
            saved_at: string;
            /** Format: int32 */
            version: number;
        };
        CommentView: {
            submission_comment_id: components["schemas"]["SubmissionCommentId"];
            submission_id: null | components["schemas"]["SubmissionId"];
            author_id: null | components["schemas"]["UserId"];
            author_name: null | string;
            body: string;
            files: components["schemas"]["FileLink"][];
            /** Format: date-time */
            created_at: string;
            waits: boolean;
        };
        CorrectionLine: {
            user_id: components["schemas"]["UserId"];
            name: null | string;
            /** Format: int32 */
            mark_count: number;
            /** Format: double */
            score_before: null | number;
            /** Format: double */
            score_after: null | number;
            posted: boolean;
            left: null | components["schemas"]["LeftBecause"];
        };
        /** @enum {unknown} */
        CorrectionStatus: "applying" | "applied" | "undoing" | "undone";
        Course: {
            course_id: components["schemas"]["CourseId"];
            account_id: components["schemas"]["AccountId"];
            term_id: null | components["schemas"]["TermId"];
            term_name: null | string;
            code: string;
            title: string;
            description: string;
            status: components["schemas"]["CourseStatus"];
            /** Format: date-time */
            starts_at: null | string;
            /** Format: date-time */
            ends_at: null | string;
            /** Format: date-time */
            opens_at: null | string;
            /** Format: date-time */
            closes_at: null | string;
            time_zone: string;
            color: null | string;
            sis_id: null | string;
            /** Format: date-time */
            created_at: string;
            /** Format: int32 */
            learners: number;
            /** Format: int32 */
            version: number;
            /** Format: double */
            credits: null | number;
        };
        CourseGradePoints: {
            course_id: components["schemas"]["CourseId"];
            code: string;
            title: string;
            /** Format: double */
            credits: null | number;
            is_final: boolean;
            /** Format: double */
            percent: null | number;
            letter: null | string;
            /** Format: double */
            grade_points: null | number;
            assumed: boolean;
            left_out: null | components["schemas"]["DerivationReason"];
            replaced: boolean;
            letters: components["schemas"]["LetterWorth"][];
        };
        /** Format: int64 */
        CourseId: number;
        CourseListed: {
            course_id: components["schemas"]["CourseId"];
            account_id: components["schemas"]["AccountId"];
            term_id: null | components["schemas"]["TermId"];
            term_name: null | string;
            code: string;
            title: string;
            status: components["schemas"]["CourseStatus"];
            /** Format: date-time */
            opens_at: null | string;
            /** Format: date-time */
            closes_at: null | string;
            time_zone: string;
            color: null | string;
            /** Format: int32 */
            version: number;
            roles: components["schemas"]["Role"][];
        };
        CourseOutcome: {
            course_outcome_id: components["schemas"]["CourseOutcomeId"];
            /** Format: int32 */
            slot: number;
            /** Format: int32 */
            link_version: number;
            /** Format: int32 */
            newest_version: number;
            alignments: components["schemas"]["Alignment"][];
            outcome: components["schemas"]["Outcome"];
        };
        /** Format: int64 */
        CourseOutcomeId: number;
        CourseStanding: {
            course_id: components["schemas"]["CourseId"];
            course_outcome_id: components["schemas"]["CourseOutcomeId"];
            /** Format: int32 */
            slot: number;
            code: string;
            title: string;
            status: string;
            /** Format: int32 */
            version: number;
            scale: components["schemas"]["MasteryScale"];
            /** Format: int64 */
            learner_count: number;
            counts: {
                [key: string]: number;
            };
            levels: null | number[];
            /** Format: int64 */
            without_score: number;
        };
        /** @enum {unknown} */
        CourseStatus: "draft" | "published" | "concluded" | "deleted";
        CreateAccountRequest: {
            name: null | string;
            parent_id: null | components["schemas"]["AccountId"];
            sis_id: null | string;
            settings: null | components["schemas"]["SettingsWanted"];
        };
        CreateAnnotationRequest: {
            file_id: null | components["schemas"]["FileId"];
            kind: null | components["schemas"]["AnnotationKind"];
            body: null | string;
            selector: null | components["schemas"]["Selector"][];
        };
        CreateApiTokenRequest: {
            name: null | string;
            rights: null | string[];
            /** Format: date-time */
            expires_at: null | string;
        };
        CreateApiTokenResponse: {
            /** Format: uuid */
            api_token_id: string;
            name: string;
            rights: string[];
            /** Format: date-time */
            expires_at: string;
            token: string;
        };
        CreateCourseRequest: {
            code: null | string;
            title: null | string;
            description: null | string;
            account_id: null | components["schemas"]["AccountId"];
            term_id: null | components["schemas"]["TermId"];
            /** Format: date-time */
            starts_at: null | string;
            /** Format: date-time */
            ends_at: null | string;
            time_zone: null | string;
            color: null | string;
            /** Format: double */
            credits: null | number;
        };
        CreateCourseResponse: {
            course_id: components["schemas"]["CourseId"];
            section_id: components["schemas"]["SectionId"];
            status: components["schemas"]["CourseStatus"];
            /** Format: int32 */
            version: number;
        };
        CreateFamilyRequest: {
            name: null | string;
            account_id: null | components["schemas"]["AccountId"];
            members: null | components["schemas"]["FamilyMember"][];
        };
        CreateFeedbackApplicationRequest: {
            leave_out: null | boolean;
        };
        CreateFeedbackImportRequest: {
            file_id: null | components["schemas"]["FileId"];
        };
        CreateGradebookExportRequest: {
            format: null | components["schemas"]["ExportFormat"];
            section_ids: null | number[];
            total: null | components["schemas"]["ExportTotal"];
            store_code: null | string;
        };
        CreateImportApplicationChoice: {
            /** Format: int32 */
            row_no: number;
            take: boolean;
        };
        /** @enum {unknown} */
        CreateImportApplicationConflictChoice: "keep" | "take" | null;
        CreateImportApplicationRequest: {
            conflicts: null | components["schemas"]["CreateImportApplicationConflictChoice"];
            rows: null | components["schemas"]["CreateImportApplicationChoice"][];
        };
        CreatePeerResetRequest: {
            reviewer_id: null | components["schemas"]["UserId"];
            /** Format: int32 */
            reviews: number;
            /** Format: int32 */
            handed_in: number;
        };
        CreatePeerResetResponse: {
            peer_reset_id: components["schemas"]["PeerResetId"];
            /** Format: int32 */
            reviews: number;
        };
        CreatePeerTakeoverResponse: {
            peer_takeover_id: components["schemas"]["PeerTakeoverId"];
            /** Format: int32 */
            grades: number;
        };
        CreatePostingRequest: {
            kind: null | components["schemas"]["PostingKind"];
            only_graded: boolean;
            section_ids: null | number[];
            /** @default false */
            lift_anonymity: boolean;
        };
        CreateRegradeRequestRequest: {
            reason: null | string;
        };
        CreateSavedCommentRequest: {
            body: null | string;
        };
        CreateSessionRequest: {
            email: null | string;
            password: null | string;
        };
        CreateSessionResponse: {
            user: components["schemas"]["Me"];
            csrf_token: string;
            institution: components["schemas"]["InstitutionShown"];
        };
        CreateUserRequest: {
            name: null | string;
            sortable_name: null | string;
            email: null | string;
            login_name: null | string;
            sis_id: null | string;
            pronouns: null | string;
            locale: null | string;
            time_zone: null | string;
            password: null | string;
        };
        Criterion: {
            criterion_id: string;
            description: string;
            long_description: string;
            /** Format: double */
            points: number;
            ratings: components["schemas"]["Rating"][];
            ranges: boolean;
            free_comments: boolean;
            scoring: boolean;
        };
        CriterionChange: {
            criterion_id?: null | string;
            /** Format: double */
            points?: null | number;
            rating_id?: null | string;
            comment?: null | string;
            /** Format: int32 */
            version?: null | number;
        };
        CriterionChoice: {
            rubric_id: components["schemas"]["RubricId"];
            rubric: string;
            criterion_id: string;
            criterion: string;
        };
        CriterionDifference: {
            criterion_id: string;
            /** Format: int32 */
            works: number;
            /** Format: double */
            mean_difference: number;
        };
        CriterionFields: {
            criterion_id?: null | string;
            description?: null | string;
            long_description?: string;
            /** Format: double */
            points?: null | number;
            ratings?: components["schemas"]["RatingFields"][];
            ranges?: boolean;
            free_comments?: boolean;
            scoring?: boolean;
        };
        CriterionView: {
            criterion_id: string;
            /** Format: double */
            points: null | number;
            rating_id: null | string;
            comment: null | string;
            /** Format: int32 */
            version: number;
            grader_id: null | components["schemas"]["UserId"];
            grader_name: null | string;
            /** Format: date-time */
            at: string;
        };
        CrossListSectionRequest: {
            course_id: null | components["schemas"]["CourseId"];
            /** Format: int32 */
            version: null | number;
        };
        CustomStatus: {
            /** Format: int32 */
            number: number;
            words: string;
            tone?: components["schemas"]["LabelTone"];
            /** @default false */
            excuses: boolean;
        };
        /** @enum {unknown} */
        DateAudience: "section" | "person";
        DecideMarkRequest: {
            way: null | components["schemas"]["DecisionWay"];
            marker_id: null | components["schemas"]["UserId"];
            /** Format: double */
            score: null | number;
            note: null | string;
            /** Format: int32 */
            version: null | number;
        };
        /** @enum {unknown} */
        DecisionWay: "rule" | "chosen" | "entered";
        /** @enum {unknown} */
        DerivationKind: "course_total" | "period_total" | "group_total" | "percent" | "weighted_total" | "weighted_sum" | "weight_sum" | "group_share" | "period_share" | "weight" | "share_of_points" | "total_score" | "total_possible" | "group_score" | "group_possible" | "group_before_drops" | "item_score" | "item_possible" | "attempt_score" | "attempt_sum" | "attempt_count" | "attempt_mean" | "entered_score" | "late_deduction" | "late_limit" | "late_by_intervals" | "late_above_minimum" | "late_minimum" | "late_intervals" | "late_time" | "late_pass_time" | "late_interval" | "late_per_interval" | "deduct_percent" | "minimum_percent" | "missing_deduction" | "points_possible" | "override_grade" | "override_percent" | "letter_cut" | "zero" | "grade_point_average" | "grade_point_mean" | "grade_point_sum" | "course_grade_points" | "grade_points" | "credit_sum" | "credits";
        DerivationNode: {
            kind: components["schemas"]["DerivationKind"];
            unit: components["schemas"]["DerivationUnit"];
            operation: components["schemas"]["DerivationOperation"];
            /** Format: double */
            value: null | number;
            inputs: components["schemas"]["DerivationNode"][];
            label: null | string;
            /** Format: int64 */
            subject_id: null | number;
            letter: null | string;
            reasons: components["schemas"]["DerivationReason"][];
            counts: boolean;
        };
        /** @enum {unknown} */
        DerivationOperation: "given" | "absent" | "sum" | "difference" | "product" | "quotient" | "percent_of_whole" | "percent_of" | "least" | "greatest" | "round_up_to_whole" | "round" | "round_to_score" | "same";
        /** @enum {unknown} */
        DerivationReason: "ungraded_counted_as_zero" | "not_posted_counted_as_zero" | "ungraded" | "not_posted" | "pending_review" | "excused" | "omitted_from_final" | "unpublished" | "not_assigned" | "not_graded" | "dropped_lowest" | "dropped_highest" | "never_dropped" | "drop_lowest_reduced" | "drop_highest_ignored" | "late_penalty" | "late_minimum_reached" | "late_pass_used" | "late_exempt" | "missing_policy" | "automatic_score" | "automatic_score_replaced" | "extra_credit" | "no_points" | "no_grade" | "weights_renormalised" | "weights_not_hundred" | "outside_periods" | "overridden" | "rounded_half_up" | "highest_attempt_kept" | "attempts_averaged" | "course_in_progress" | "no_credits" | "no_grade_points" | "status_keeps_out" | "repeated" | "letter_assumed";
        /** @enum {unknown} */
        DerivationUnit: "points" | "percent" | "share" | "seconds" | "count";
        Derived: {
            /** Format: int64 */
            subject_id: null | number;
            current: components["schemas"]["DerivationNode"];
            final: components["schemas"]["DerivationNode"];
        };
        DistributeGroupSetRequest: {
            /** Format: int32 */
            groups: null | number;
        };
        DistributeGroupSetResponse: {
            /** Format: int32 */
            dealt: number;
            groups: components["schemas"]["Group"][];
        };
        /** @enum {unknown} */
        DownloadState: "waiting" | "ready" | "expired";
        /** @enum {unknown} */
        DueBucket: "missing" | "now" | "next" | "later";
        EffectiveSetting: {
            name: string;
            value: null | string;
            from_account_id: null | components["schemas"]["AccountId"];
            from_name: null | string;
        };
        Enrollment: {
            enrollment_id: components["schemas"]["EnrollmentId"];
            course_id: components["schemas"]["CourseId"];
            section_id: components["schemas"]["SectionId"];
            user_id: components["schemas"]["UserId"];
            role: components["schemas"]["Role"];
            associated_user_id: null | components["schemas"]["UserId"];
            state: components["schemas"]["EnrollmentState"];
            /** Format: date-time */
            starts_at: null | string;
            /** Format: date-time */
            ends_at: null | string;
            /** Format: int32 */
            version: number;
        };
        /** Format: int64 */
        EnrollmentId: number;
        EnrollmentListed: {
            enrollment_id: components["schemas"]["EnrollmentId"];
            user_id: components["schemas"]["UserId"];
            name: string;
            sortable_name: string;
            pronouns: null | string;
            /** Format: int64 */
            avatar_file_id: null | number;
            email: null | string;
            sis_id: null | string;
            role: components["schemas"]["Role"];
            state: components["schemas"]["EnrollmentState"];
            section_id: components["schemas"]["SectionId"];
            section_name: string;
            associated_user_id: null | components["schemas"]["UserId"];
            /** Format: date-time */
            starts_at: null | string;
            /** Format: date-time */
            ends_at: null | string;
            /** Format: int32 */
            version: number;
        };
        /** @enum {unknown} */
        EnrollmentState: "active" | "inactive" | "completed" | "deleted";
        EnrollPeopleRequest: {
            user_ids: null | unknown[];
            emails: null | string[];
            role: null | string;
            section_id: null | components["schemas"]["SectionId"];
            notify: null | boolean;
        };
        EnrollPeopleResponse: {
            /** Format: int32 */
            enrolled: number;
            /** Format: int32 */
            already_in: number;
            enrollments: components["schemas"]["Enrollment"][];
        };
        EnrollPersonRequest: {
            user_id: null | components["schemas"]["UserId"];
            email: null | string;
            role: null | string;
            section_id: null | components["schemas"]["SectionId"];
            associated_user_id: null | components["schemas"]["UserId"];
            notify: null | boolean;
        };
        /** @enum {unknown} */
        EntryKind: "score" | "status" | "posting" | "rubric" | "undo" | "marks";
        ExactFields: {
            accepted: null | string[];
            /** @default true */
            ignore_case: boolean;
            /** @default true */
            ignore_space: boolean;
            /** @default false */
            ignore_accents: boolean;
        };
        ExactKey: {
            accepted: string[];
            /** @default true */
            ignore_case: boolean;
            /** @default true */
            ignore_space: boolean;
            /** @default false */
            ignore_accents: boolean;
        };
        ExcludeSimilaritySourceRequest: {
            source: null | string;
            excluded: boolean;
        };
        ExplainAccessResponse: {
            user_id: components["schemas"]["UserId"];
            name: string;
            state: components["schemas"]["UserState"];
            scope: null | string;
            may_see: boolean;
            reasons: components["schemas"]["AccessReason"][];
        };
        /** @enum {unknown} */
        ExportFormat: "csv" | "xlsx" | "json" | "banner" | "powerschool" | "oneroster";
        /** @enum {unknown} */
        ExportState: "waiting" | "ready" | "expired";
        /** @enum {unknown} */
        ExportTotal: "current" | "final";
        /** Format: int64 */
        FamilyId: number;
        FamilyMember: {
            user_id: components["schemas"]["UserId"];
            kind: components["schemas"]["FamilyMemberKind"];
        };
        /** @enum {unknown} */
        FamilyMemberKind: "guardian" | "learner";
        FamilyMemberShown: {
            user_id: components["schemas"]["UserId"];
            kind: components["schemas"]["FamilyMemberKind"];
            name: string;
            email: null | string;
        };
        FamilyShown: {
            family_id: components["schemas"]["FamilyId"];
            account_id: components["schemas"]["AccountId"];
            name: string;
            members: components["schemas"]["FamilyMemberShown"][];
            /** Format: int32 */
            version: number;
        };
        FeatureRoutesShown: {
            feature: string;
            called: string;
            because: string;
            /** Format: date-time */
            since: string;
        };
        FeedbackFile: {
            /** Format: int32 */
            row_no: number;
            kind: components["schemas"]["FeedbackFileKind"];
            path: string;
            name: string;
            submission_id: null | components["schemas"]["SubmissionId"];
            user_id: null | components["schemas"]["UserId"];
            learner: null | string;
            /** Format: int64 */
            size_bytes: number;
            code: null | string;
            reason: null | string;
        };
        /** @enum {unknown} */
        FeedbackFileKind: "recognised" | "unknown" | "duplicate" | "wrong_type" | "standing";
        FeedbackImport: {
            feedback_import_id: components["schemas"]["FeedbackImportId"];
            course_id: components["schemas"]["CourseId"];
            assignment_id: components["schemas"]["AssignmentId"];
            file_name: string;
            /** Format: int64 */
            size_bytes: number;
            state: components["schemas"]["FeedbackState"];
            summary: components["schemas"]["FeedbackSummary"];
            refusal_code: null | string;
            refusal: null | string;
            /** Format: uuid */
            job_id: null | string;
            /** Format: date-time */
            created_at: string;
            created_by: components["schemas"]["UserId"];
            created_by_name: null | string;
            /** Format: date-time */
            applied_at: null | string;
            /** Format: date-time */
            reversed_at: null | string;
            job: null | components["schemas"]["JobStanding"];
            stopped: boolean;
        };
        /** Format: int64 */
        FeedbackImportId: number;
        /** @enum {unknown} */
        FeedbackState: "planning" | "planned" | "refused" | "applying" | "applied" | "reversing" | "reversed" | "expired";
        FeedbackSummary: {
            /**
             * Format: int32
             * @default 0
             */
            recognised: number;
            /**
             * Format: int32
             * @default 0
             */
            unknown: number;
            /**
             * Format: int32
             * @default 0
             */
            duplicate: number;
            /**
             * Format: int32
             * @default 0
             */
            wrong_type: number;
            /**
             * Format: int32
             * @default 0
             */
            standing: number;
            /**
             * Format: int32
             * @default 0
             */
            stored: number;
            /**
             * Format: int32
             * @default 0
             */
            attached: number;
            /**
             * Format: int32
             * @default 0
             */
            learners: number;
            /**
             * Format: int32
             * @default 0
             */
            taken_back: number;
            /**
             * Format: int32
             * @default 0
             */
            kept: number;
        };
        /** @enum {unknown} */
        FeedbackWaits: "due" | "posting" | "own_reviews" | null;
        /** Format: int64 */
        FileId: number;
        FileLink: {
            file_id: components["schemas"]["FileId"];
            name: string;
            content_type: string;
            /** Format: int64 */
            size_bytes: number;
            sha256: string;
            url: string;
        };
        FinalGradeFields: {
            /** Format: double */
            percent?: null | number;
            letter?: null | string;
            status_code?: null | string;
            /** Format: int64 */
            period_id?: null | number;
            reason?: null | string;
            /** Format: int32 */
            version?: null | number;
            takes_back?: boolean;
        };
        ForecastGradePointsGuess: {
            course_id: components["schemas"]["CourseId"];
            letter: null | string;
        };
        ForecastGradePointsRequest: {
            guesses: null | components["schemas"]["ForecastGradePointsGuess"][];
        };
        ForecastGradesAnswer: {
            grades: components["schemas"]["LearnerGrades"];
            needed: null | components["schemas"]["NeededScores"];
        };
        ForecastGradesGuess: {
            assignment_id: components["schemas"]["AssignmentId"];
            /** Format: double */
            score: number;
        };
        ForecastGradesRequest: {
            guesses: null | components["schemas"]["ForecastGradesGuess"][];
            /** Format: double */
            target_percent: null | number;
            view: null | string;
        };
        FreeTextFields: {
            guidance: null | string;
        };
        FreeTextKey: {
            guidance: string;
        };
        GetCalibrationAgreementResponse: {
            /** Format: int32 */
            works: number;
            graders: components["schemas"]["GraderCalibration"][];
        };
        GetCourseResponse: {
            course: components["schemas"]["Course"];
            roles: components["schemas"]["Role"][];
            permissions: string[];
        };
        GetCurrentSessionResponse: {
            user: components["schemas"]["Me"];
            institution: components["schemas"]["InstitutionShown"];
            csrf_token: null | string;
            roles: components["schemas"]["RoleShown"][];
            permissions: string[];
        };
        GetDashboardCourseCard: {
            course_id: components["schemas"]["CourseId"];
            code: string;
            title: string;
            status: string;
            color: null | string;
            roles: string[];
            /** Format: date-time */
            opens_at: null | string;
            /** Format: date-time */
            closes_at: null | string;
            /** Format: double */
            current_percent: null | number;
            current_letter: null | string;
        };
        GetDashboardDueWork: {
            bucket: components["schemas"]["DueBucket"];
            assignment_id: components["schemas"]["AssignmentId"];
            course_id: components["schemas"]["CourseId"];
            title: string;
            /** Format: date-time */
            due_at: null | string;
            /** Format: double */
            points_possible: number;
            submission_types: components["schemas"]["SubmissionType"][];
            optional: boolean;
            closed: boolean;
            /** Format: int32 */
            reviews: null | number;
        };
        GetDashboardFeedback: {
            assignment_id: components["schemas"]["AssignmentId"];
            course_id: components["schemas"]["CourseId"];
            title: string;
            /** Format: double */
            points_possible: number;
            /** Format: double */
            score: null | number;
            status: components["schemas"]["WorkStatus"];
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            posted_at: string;
            comment: null | string;
        };
        GetDashboardObservedLearner: {
            user_id: components["schemas"]["UserId"];
            name: string;
            due: components["schemas"]["GetDashboardDueWork"][];
            feedback: components["schemas"]["GetDashboardFeedback"][];
            courses: components["schemas"]["GetDashboardCourseCard"][];
        };
        GetDashboardResponse: {
            due: components["schemas"]["GetDashboardDueWork"][];
            feedback: components["schemas"]["GetDashboardFeedback"][];
            to_grade: components["schemas"]["ToGrade"][];
            courses: components["schemas"]["GetDashboardCourseCard"][];
            observed: components["schemas"]["GetDashboardObservedLearner"][];
        };
        GetDraftResponse: {
            body_text: null | string;
            url: null | string;
            files: components["schemas"]["FileLink"][];
            answers: null | {
                [key: string]: string;
            };
            /** Format: date-time */
            saved_at: null | string;
            /** Format: int32 */
            version: number;
            saved_by_name: null | string;
        };
        GetMarkerAgreementResponse: {
            /** Format: int32 */
            learners: number;
            /** Format: double */
            intraclass_correlation: null | number;
            pairs: components["schemas"]["MarkerPair"][];
        };
        GetMarkingPlanResponse: {
            plan: null | components["schemas"]["MarkingPlan"];
            staff: components["schemas"]["MarkerShare"][];
            standing: components["schemas"]["MarkingStanding"][];
        };
        GetMasterySummaryResponse: {
            refolding: boolean;
            /** Format: int64 */
            learner_count: number;
            outcomes: components["schemas"]["OutcomeSummary"][];
        };
        GetOutcomeResponse: {
            outcome: components["schemas"]["Outcome"];
            versions: components["schemas"]["Outcome"][];
            /** Format: int64 */
            course_count: number;
        };
        GetQuestionKeyResponse: {
            assignment_id: components["schemas"]["AssignmentId"];
            /** Format: int32 */
            version: number;
            /** Format: double */
            points_possible: number;
            questions: components["schemas"]["Question"][];
            languages: string[];
            in_use: boolean;
        };
        GetSimilarityMatchResponse: {
            submission_id: components["schemas"]["SubmissionId"];
            text: string;
            left_out: components["schemas"]["TextRange"][];
        };
        GiveAccountRoleRequest: {
            user_id: null | components["schemas"]["UserId"];
            email: null | string;
            role: null | string;
        };
        GradebookCheck: {
            /** Format: int64 */
            compared: number;
            /** Format: int64 */
            different: number;
            /** Format: date-time */
            checked_at: string;
        };
        GradebookExport: {
            gradebook_export_id: components["schemas"]["GradebookExportId"];
            course_id: components["schemas"]["CourseId"];
            format: components["schemas"]["ExportFormat"];
            total: components["schemas"]["ExportTotal"];
            store_code: null | string;
            section_ids: number[];
            state: components["schemas"]["ExportState"];
            /** Format: uuid */
            job_id: null | string;
            /** Format: int32 */
            learners: number;
            /** Format: int32 */
            left_out: number;
            /** Format: int64 */
            course_version: null | number;
            /** Format: date-time */
            created_at: string;
            created_by: components["schemas"]["UserId"];
            created_by_name: null | string;
            /** Format: date-time */
            ready_at: null | string;
            /** Format: date-time */
            expires_at: null | string;
            job: null | components["schemas"]["JobStanding"];
            file: null | components["schemas"]["FileLink"];
        };
        /** Format: int64 */
        GradebookExportId: number;
        GradebookImport: {
            gradebook_import_id: components["schemas"]["GradebookImportId"];
            course_id: components["schemas"]["CourseId"];
            file_name: string;
            /** Format: int64 */
            size_bytes: number;
            state: components["schemas"]["ImportState"];
            summary: components["schemas"]["ImportSummary"];
            refusal_code: null | string;
            refusal: null | string;
            /** Format: uuid */
            job_id: null | string;
            /** Format: date-time */
            created_at: string;
            created_by: components["schemas"]["UserId"];
            created_by_name: null | string;
            /** Format: date-time */
            applied_at: null | string;
            applied_by: null | components["schemas"]["UserId"];
            /** Format: date-time */
            reversed_at: null | string;
            reversed_by: null | components["schemas"]["UserId"];
            job: null | components["schemas"]["JobStanding"];
            stopped: boolean;
        };
        /** Format: int64 */
        GradebookImportId: number;
        GradebookNews: {
            /** Format: date-time */
            since: null | string;
            items: components["schemas"]["ChangedCell"][];
            more: boolean;
            recalculations: components["schemas"]["ToldRecalculation"][];
            check: null | components["schemas"]["GradebookCheck"];
        };
        GradebookView: {
            name: string;
            filters: components["schemas"]["ViewFilters"];
            shared: boolean;
            mine: boolean;
            owner_id: components["schemas"]["UserId"];
            owner_name: string;
        };
        GradeChange: {
            /** Format: double */
            score?: null | number;
            status?: null | components["schemas"]["WorkStatus"];
            /** Format: int16 */
            label?: null | number;
            /** Format: int64 */
            seconds_late?: null | number;
            rubric_data?: null | components["schemas"]["JsonElement"];
            comment?: null | string;
            comment_at_once?: boolean;
            reason?: null | string;
            submission_id?: null | components["schemas"]["SubmissionId"];
            only_this_learner?: boolean;
            /** Format: int32 */
            restore?: null | number;
            /** Format: int32 */
            version?: null | number;
        };
        GradeEntry: {
            /** Format: uuid */
            grade_entry_id: string;
            assignment_id: components["schemas"]["AssignmentId"];
            user_id: components["schemas"]["UserId"];
            /** Format: int32 */
            version: number;
            kind: components["schemas"]["EntryKind"];
            /** Format: double */
            entered_score: null | number;
            score_is_automatic: boolean;
            status: components["schemas"]["WorkStatus"];
            /** Format: int64 */
            seconds_late: null | number;
            pending_review: boolean;
            /** Format: date-time */
            posted_at: null | string;
            submission_id: null | components["schemas"]["SubmissionId"];
            rubric_data: null | components["schemas"]["JsonElement"];
            source: components["schemas"]["GradeSource"];
            actor_id: null | components["schemas"]["UserId"];
            actor_name: null | string;
            reason: null | string;
            /** Format: date-time */
            at: string;
            attempt_scores: null | components["schemas"]["AttemptScores"];
            /** Format: int16 */
            label: null | number;
        };
        /** Format: int64 */
        GradeId: number;
        GradeLabels: {
            late?: null | components["schemas"]["Label"];
            missing?: null | components["schemas"]["Label"];
            statuses?: components["schemas"]["CustomStatus"][];
            assignments?: components["schemas"]["AssignmentLabels"][];
            /** Format: int32 */
            last_status?: number;
        };
        GradePointAverage: {
            /** Format: double */
            average: null | number;
            /** Format: double */
            credits: number;
            /** Format: double */
            grade_points: number;
            derivation: components["schemas"]["DerivationNode"];
        };
        GraderCalibration: {
            user_id: components["schemas"]["UserId"];
            name: string;
            /** Format: int32 */
            asked: number;
            /** Format: int32 */
            answered: number;
            /** Format: double */
            mean_difference: null | number;
            /** Format: double */
            mean_absolute_difference: null | number;
            /** Format: double */
            quadratic_kappa: null | number;
            /** Format: double */
            intraclass_correlation: null | number;
            criteria: components["schemas"]["CriterionDifference"][];
        };
        GraderPlace: {
            user_id: null | components["schemas"]["UserId"];
            assignment_id: components["schemas"]["AssignmentId"];
            typing: boolean;
        };
        /** @enum {unknown} */
        GradeSource: "person" | "quiz" | "import" | "policy" | "api" | "ai" | "automatic";
        /** @enum {unknown} */
        GradeView: "learner" | "grader";
        GradingClaim: {
            user_id: components["schemas"]["UserId"];
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            claimed_until: string;
            /** Format: date-time */
            skipped_at: null | string;
        };
        GradingRules: {
            weighting?: components["schemas"]["Weighting"];
            periods?: components["schemas"]["GradingRulesPeriod"][];
            weight_periods?: boolean;
            letter_scheme?: null | components["schemas"]["GradingRulesScheme"];
            late_policy?: null | components["schemas"]["GradingRulesLate"];
            missing_policy?: null | components["schemas"]["GradingRulesMissing"];
            late_passes?: null | components["schemas"]["LatePasses"];
            final_override?: boolean;
        };
        GradingRulesBand: {
            letter: string;
            /** Format: double */
            lower_percent: number;
            /** Format: double */
            grade_points?: null | number;
        };
        GradingRulesLate: {
            /** Format: double */
            deduct_percent: number;
            /** Format: int32 */
            interval_seconds: number;
            /**
             * Format: double
             * @default 0
             */
            minimum_percent: number;
            /**
             * Format: int32
             * @default 0
             */
            grace_seconds: number;
        };
        GradingRulesMissing: {
            /** Format: double */
            deduct_percent: number;
            /** @default false */
            by_dates: boolean;
        };
        GradingRulesPeriod: {
            /** Format: int64 */
            period_id: number;
            name: string;
            /** Format: date-time */
            starts_at: string;
            /** Format: date-time */
            ends_at: string;
            /** Format: double */
            weight_percent: number;
            /** Format: date-time */
            closes_at?: null | string;
        };
        GradingRulesScheme: {
            /** Format: int64 */
            scheme_id: number;
            /** Format: int32 */
            version: number;
            bands: components["schemas"]["GradingRulesBand"][];
            basis?: components["schemas"]["LetterBasis"];
        };
        GradingWork: {
            name: string;
            work: components["schemas"]["WorkView"];
            draft: null | components["schemas"]["CommentDraft"];
            held_by: null | components["schemas"]["ClaimHolder"];
            mark: null | components["schemas"]["OwnMark"];
        };
        Group: {
            group_id: components["schemas"]["GroupId"];
            group_set_id: components["schemas"]["GroupSetId"];
            name: string;
            /** Format: int32 */
            size_limit: null | number;
            /** Format: int32 */
            version: number;
            members: components["schemas"]["GroupMember"][];
        };
        GroupedMark: {
            submission_id: components["schemas"]["SubmissionId"];
            /** Format: double */
            score: null | number;
            feedback: string;
            /** Format: int32 */
            version: number;
        };
        GroupFields: {
            name?: null | string;
            /** Format: double */
            weight_percent?: number;
            /** Format: int32 */
            drop_lowest?: number;
            /** Format: int32 */
            drop_highest?: number;
            never_drop?: number[];
            extra_credit?: boolean;
            /** Format: int32 */
            position?: null | number;
            /** Format: int32 */
            version?: null | number;
        };
        GroupForm: {
            name: null | string;
            /** Format: int32 */
            size_limit: null | number;
        };
        /** Format: int64 */
        GroupId: number;
        GroupMate: {
            user_id: components["schemas"]["UserId"];
            name: string;
        };
        GroupMember: {
            user_id: components["schemas"]["UserId"];
            name: string;
        };
        GroupSet: {
            group_set_id: components["schemas"]["GroupSetId"];
            course_id: null | components["schemas"]["CourseId"];
            name: string;
            self_sign_up: boolean;
            /** Format: int32 */
            size_limit: null | number;
            /** Format: int32 */
            groups: number;
            /** Format: int32 */
            members: number;
            /** Format: int32 */
            version: number;
        };
        GroupSetForm: {
            name: null | string;
            self_sign_up: boolean;
            /** Format: int32 */
            size_limit: null | number;
        };
        /** Format: int64 */
        GroupSetId: number;
        GroupSubmission: {
            group_submission_id: components["schemas"]["GroupSubmissionId"];
            group_id: components["schemas"]["GroupId"];
            name: string;
            submitted_by: components["schemas"]["UserId"];
            submitted_by_name: null | string;
            members: components["schemas"]["GroupMate"][];
        };
        /** Format: int64 */
        GroupSubmissionId: number;
        HealthAnswer: {
            status: string;
            server: string;
            checks: null | {
                [key: string]: string;
            };
        };
        /** Format: binary */
        IFormFile: string;
        ImportRow: {
            /** Format: int32 */
            row_no: number;
            kind: components["schemas"]["ImportRowKind"];
            /** Format: int32 */
            line: null | number;
            learner: null | string;
            user_id: null | components["schemas"]["UserId"];
            column_name: null | string;
            assignment_id: null | components["schemas"]["AssignmentId"];
            value: null | string;
            /** Format: double */
            score: null | number;
            excused: boolean;
            /** Format: double */
            current_score: null | number;
            current_excused: boolean;
            seen_known: boolean;
            /** Format: double */
            seen_score: null | number;
            seen_excused: boolean;
            /** Format: int32 */
            version: number;
            code: null | string;
            reason: null | string;
            taken: boolean;
        };
        /** @enum {unknown} */
        ImportRowKind: "changed" | "conflict" | "invalid" | "unknown_learner" | "unknown_column";
        /** @enum {unknown} */
        ImportState: "planning" | "planned" | "refused" | "applying" | "applied" | "outdated" | "reversing" | "reversed";
        ImportSummary: {
            /**
             * Format: int32
             * @default 0
             */
            lines: number;
            /**
             * Format: int32
             * @default 0
             */
            same: number;
            /**
             * Format: int32
             * @default 0
             */
            changed: number;
            /**
             * Format: int32
             * @default 0
             */
            conflict: number;
            /**
             * Format: int32
             * @default 0
             */
            invalid: number;
            /**
             * Format: int32
             * @default 0
             */
            unknown_learner: number;
            /**
             * Format: int32
             * @default 0
             */
            unknown_column: number;
            /**
             * Format: int32
             * @default 0
             */
            taken: number;
            /**
             * Format: int32
             * @default 0
             */
            reverted: number;
            /**
             * Format: int32
             * @default 0
             */
            kept: number;
        };
        /** @enum {unknown} */
        Inclusion: "counted" | "ungraded_counted_as_zero" | "not_posted_counted_as_zero" | "ungraded" | "not_posted" | "pending_review" | "excused" | "omitted_from_final" | "unpublished" | "not_assigned" | "not_graded" | "dropped_lowest" | "dropped_highest" | "outside_periods";
        InstitutionShown: {
            slug: string;
            name: string;
            accent: null | string;
            logo_url: null | string;
            locale: string;
            time_zone: string;
        };
        JobRoutesListed: {
            /** Format: uuid */
            job_id: string;
            kind: string;
            listener: null | string;
            state: string;
            /** Format: int32 */
            priority: number;
            /** Format: int32 */
            attempts: number;
            /** Format: int32 */
            max_attempts: number;
            /** Format: int64 */
            progress: number;
            /** Format: int64 */
            total: null | number;
            error: null | string;
            result: null | components["schemas"]["JsonElement"];
            actor_id: null | components["schemas"]["UserId"];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            run_at: string;
            /** Format: date-time */
            finished_at: null | string;
        };
        JobStanding: {
            state: string;
            /** Format: int64 */
            progress: number;
            /** Format: int64 */
            total: null | number;
        };
        JsonElement: unknown;
        KeptAttempts: {
            kept: components["schemas"]["AttemptsKept"];
            /** Format: int32 */
            counted: null | number;
            attempts: components["schemas"]["ScoredAttempt"][];
        };
        KeptLearner: {
            user_id: components["schemas"]["UserId"];
            name: null | string;
        };
        KeyCorrection: {
            key_correction_id: components["schemas"]["KeyCorrectionId"];
            course_id: components["schemas"]["CourseId"];
            assignment_id: components["schemas"]["AssignmentId"];
            /** Format: int32 */
            to_version: number;
            status: components["schemas"]["CorrectionStatus"];
            /** Format: int32 */
            mark_count: number;
            /** Format: int32 */
            score_count: number;
            /** Format: int32 */
            kept_count: number;
            actor_id: null | components["schemas"]["UserId"];
            actor_name: null | string;
            /** Format: date-time */
            at: string;
            kept: components["schemas"]["KeptLearner"][];
        };
        /** Format: int64 */
        KeyCorrectionId: number;
        KeyFields: {
            kind: null | components["schemas"]["AnswerKind"];
            exact?: null | components["schemas"]["ExactFields"];
            numeric?: null | components["schemas"]["NumericFields"];
            pattern?: null | components["schemas"]["PatternFields"];
            free_text?: null | components["schemas"]["FreeTextFields"];
            code?: null | components["schemas"]["CodeFields"];
        };
        Label: {
            words?: null | string;
            tone?: null | components["schemas"]["LabelTone"];
            /** @default false */
            off: boolean;
        };
        /** @enum {unknown} */
        LabelTone: "plain" | "info" | "good" | "warn" | "bad" | null;
        LateAllowance: {
            /** Format: int32 */
            version: number;
            exempt: boolean;
            exempt_from: number[];
            /** Format: int32 */
            extra_passes: number;
            used: {
                [key: string]: number;
            };
        };
        LatePasses: {
            /** Format: int32 */
            per_learner: number;
            /**
             * Format: int32
             * @default 86400
             */
            seconds_each: number;
            /**
             * Format: int32
             * @default 1
             */
            most_per_assignment: number;
            not_on?: null | number[];
        };
        LearnerGradePoints: {
            user_id: components["schemas"]["UserId"];
            name: string;
            repeats: components["schemas"]["RepeatRule"];
            cumulative: components["schemas"]["GradePointAverage"];
            terms: components["schemas"]["TermGradePoints"][];
        };
        LearnerGrades: {
            course_id: components["schemas"]["CourseId"];
            user_id: components["schemas"]["UserId"];
            view: components["schemas"]["GradeView"];
            /** Format: int32 */
            calculator_version: number;
            /** Format: int32 */
            policy_version: number;
            refolding: boolean;
            totals: components["schemas"]["ShownTotals"];
            groups: components["schemas"]["ShownGroup"][];
            periods: components["schemas"]["ShownPeriod"][];
            items: components["schemas"]["ShownItem"][];
            derivation: components["schemas"]["Derived"];
            group_derivations: components["schemas"]["Derived"][];
            period_derivations: components["schemas"]["Derived"][];
        };
        LearnerMastery: {
            user_id: components["schemas"]["UserId"];
            name: string;
            outcomes: components["schemas"]["LearnerStanding"][];
        };
        LearnerMessage: {
            subject: string;
            body: string;
        };
        LearnerResult: {
            course_id: components["schemas"]["CourseId"];
            course: string;
            assignment_id: components["schemas"]["AssignmentId"];
            assignment: string;
            criterion: null | string;
            /** Format: double */
            points: number;
            /** Format: double */
            points_possible: number;
            /** Format: double */
            score: number;
            /** Format: double */
            share_percent: number;
            /** Format: date-time */
            at: string;
            posted: boolean;
        };
        LearnerStanding: {
            outcome_id: components["schemas"]["OutcomeId"];
            code: string;
            title: string;
            display_name: null | string;
            learner_description: string;
            scale: components["schemas"]["MasteryScale"];
            method: components["schemas"]["MasteryMethod"];
            /** Format: int32 */
            version: number;
            reason: null | string;
            /** Format: date-time */
            version_at: string;
            /** Format: double */
            score: null | number;
            /** Format: int32 */
            level: null | number;
            mastered: boolean;
            /** Format: int32 */
            missing: number;
            next: null | components["schemas"]["NextStep"];
            results: components["schemas"]["LearnerResult"][];
        };
        /** @enum {unknown} */
        LeftBecause: "marked_by_person" | "score_by_person" | "excused" | "period_closed" | "several_markers" | null;
        /**
         * @default unrounded
         * @enum {unknown}
         */
        LetterBasis: "unrounded" | "rounded";
        LetterWorth: {
            letter: string;
            /** Format: double */
            grade_points: number;
        };
        LevelFields: {
            name: null | string;
            /** Format: double */
            points: null | number;
        };
        LiftAnonymityRequest: {
            reason: null | string;
            /** Format: int32 */
            version: null | number;
        };
        ListAssignmentDatesResponse: {
            items: components["schemas"]["AssignmentDate"][];
            /** Format: int32 */
            version: number;
        };
        ListCalendarEventsResponse: {
            items: components["schemas"]["CalendarEvent"][];
            complete: boolean;
        };
        ListCourseOutcomesResponse: {
            groups: components["schemas"]["OutcomeGroup"][];
            taken: components["schemas"]["CourseOutcome"][];
            available: components["schemas"]["Outcome"][];
            choices: components["schemas"]["AlignmentChoices"];
        };
        ListMissingWorkItem: {
            assignment_id: components["schemas"]["AssignmentId"];
            title: string;
            posts_manually: boolean;
            /** Format: int32 */
            learners: number;
        };
        ListMissingWorkResponse: {
            items: components["schemas"]["ListMissingWorkItem"][];
            /** Format: int32 */
            scored: number;
        };
        ListMyPeerReviewsItem: {
            peer_review_id: components["schemas"]["PeerReviewId"];
            kind: components["schemas"]["PeerKind"];
            author_name: null | string;
            state: components["schemas"]["PeerReviewState"];
            late: boolean;
            /** Format: date-time */
            handed_in_at: null | string;
        };
        ListMyPeerReviewsResponse: {
            plan: components["schemas"]["PeerPlanView"];
            items: components["schemas"]["ListMyPeerReviewsItem"][];
        };
        ListNotificationsResponse: {
            items: components["schemas"]["Notification"][];
            next: null | string;
            /** Format: int64 */
            unread: number;
        };
        ListPeerScoresItem: {
            user_id: components["schemas"]["UserId"];
            name: string;
            /** Format: double */
            score: null | number;
            scores: number[];
            disagrees: boolean;
            /** Format: double */
            entered: null | number;
            fate: components["schemas"]["TakeoverFate"];
        };
        ListQuestionsResponse: {
            /** Format: int32 */
            version: number;
            items: components["schemas"]["AskedQuestion"][];
        };
        ListReceivedPeerReviewsItem: {
            peer_review_id: components["schemas"]["PeerReviewId"];
            kind: components["schemas"]["PeerKind"];
            reviewer_name: null | string;
            assessment: null | components["schemas"]["AssessmentView"];
            comment: string;
            /** Format: date-time */
            handed_in_at: string;
        };
        ListReceivedPeerReviewsResponse: {
            waits: null | components["schemas"]["FeedbackWaits"];
            /** Format: date-time */
            reviews_due_at: string;
            /** Format: int32 */
            owed: number;
            taken_over: boolean;
            items: components["schemas"]["ListReceivedPeerReviewsItem"][];
        };
        ListSessionsListed: {
            /** Format: uuid */
            session_id: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            last_seen_at: string;
            /** Format: date-time */
            expires_at: string;
            address: null | string;
            agent: null | string;
            current: boolean;
        };
        ListSimilarityChecksResponse: {
            submission_id: components["schemas"]["SubmissionId"];
            user_id: components["schemas"]["UserId"];
            name: string;
            /** Format: int32 */
            attempt: number;
            state: components["schemas"]["SimilarityState"];
            /** Format: int32 */
            words: number;
            /** Format: int32 */
            matched_words: number;
            /** Format: double */
            share_percent: number;
            /** Format: int32 */
            unread_files: number;
            /** Format: date-time */
            checked_at: null | string;
        };
        ListSubmissionsResponse: {
            submission_id: null | components["schemas"]["SubmissionId"];
            user_id: components["schemas"]["UserId"];
            name: string;
            sortable_name: string;
            group_name: null | string;
            /** Format: int32 */
            attempt: null | number;
            type: null | components["schemas"]["SubmissionType"];
            /** Format: date-time */
            submitted_at: null | string;
            late: boolean;
            /** Format: int64 */
            seconds_late: number;
            missing: boolean;
            grade_id: null | components["schemas"]["GradeId"];
            /** Format: double */
            score: null | number;
            status: null | components["schemas"]["WorkStatus"];
            /** Format: date-time */
            posted_at: null | string;
            /** Format: int32 */
            version: number;
            needs_grading: boolean;
            resubmitted: boolean;
            withheld: boolean;
        };
        LoadRange: {
            /** Format: int32 */
            fewest: number;
            /** Format: int32 */
            most: number;
        };
        MarkDecision: {
            user_id: components["schemas"]["UserId"];
            /** Format: int32 */
            version: number;
            way: components["schemas"]["DecisionWay"];
            /** Format: double */
            score: number;
            marker_id: null | components["schemas"]["UserId"];
            marks: components["schemas"]["MarkMade"][];
            note: string;
            actor_id: null | components["schemas"]["UserId"];
            actor_name: null | string;
            /** Format: date-time */
            at: string;
        };
        MarkerPair: {
            first_id: components["schemas"]["UserId"];
            first_name: null | string;
            second_id: components["schemas"]["UserId"];
            second_name: null | string;
            /** Format: int32 */
            learners: number;
            /** Format: double */
            mean_difference: number;
            /** Format: double */
            mean_absolute_difference: number;
            /** Format: double */
            within_tolerance: number;
            /** Format: double */
            quadratic_kappa: null | number;
        };
        MarkerShare: {
            user_id: components["schemas"]["UserId"];
            name: string;
            /** Format: int32 */
            work: number;
            /** Format: int32 */
            marked: number;
        };
        MarkingPlan: {
            /** Format: int32 */
            markers: number;
            rule: components["schemas"]["AgreementRule"];
            /** Format: double */
            tolerance: number;
            tolerance_unit: components["schemas"]["ToleranceUnit"];
            shows_comments: boolean;
            /** Format: int32 */
            version: number;
        };
        MarkingStanding: {
            section_id: null | components["schemas"]["SectionId"];
            /** Format: int32 */
            learners: number;
            /** Format: int32 */
            unallocated: number;
            /** Format: int32 */
            waiting: number;
            /** Format: int32 */
            agreed: number;
            /** Format: int32 */
            disputed: number;
            /** Format: int32 */
            decided: number;
        };
        MarkMade: {
            marker_id: components["schemas"]["UserId"];
            /** Format: double */
            score: null | number;
        };
        MasteryCell: {
            /** Format: double */
            score: null | number;
            /** Format: int32 */
            level: null | number;
            /** Format: double */
            learner_score: null | number;
        };
        MasteryLevel: {
            name: string;
            /** Format: double */
            points: number;
        };
        MasteryMethod: {
            kind: components["schemas"]["MasteryMethodKind"];
            /** Format: int32 */
            parameter: null | number;
        };
        /** @enum {unknown} */
        MasteryMethodKind: "decaying_average" | "weighted_average" | "n_mastery" | "latest" | "highest" | "average";
        MasteryRow: {
            user_id: components["schemas"]["UserId"];
            name: string;
            sortable_name: string;
            cells: components["schemas"]["MasteryCell"][];
        };
        MasteryScale: {
            levels: components["schemas"]["MasteryLevel"][];
            /** Format: double */
            mastery_points: number;
        };
        MatchView: {
            /** Format: int32 */
            number: number;
            source: null | string;
            excluded: boolean;
            submission_id: null | components["schemas"]["SubmissionId"];
            work: null | components["schemas"]["OtherWork"];
            title: null | string;
            address: null | string;
            /** Format: int32 */
            matched_words: number;
            passages: components["schemas"]["SharedPassage"][];
        };
        MateGrade: {
            user_id: components["schemas"]["UserId"];
            name: string;
            /** Format: double */
            entered_score: null | number;
            status: components["schemas"]["WorkStatus"];
            /** Format: int32 */
            version: number;
            differs: boolean;
        };
        Me: {
            user_id: components["schemas"]["UserId"];
            name: string;
            sortable_name: string;
            email: null | string;
            login_name: null | string;
            locale: string;
            time_zone: string;
            avatar_url: null | string;
            pronouns: null | string;
        };
        MessageRequest: {
            subject: null | string;
            body: null | string;
            assignment_id: null | components["schemas"]["AssignmentId"];
            user_ids: null | unknown[];
        };
        MigrationLine: {
            assignment_id: components["schemas"]["AssignmentId"];
            user_id: components["schemas"]["UserId"];
            name: null | string;
            /** Format: int32 */
            from_version: number;
            /** Format: double */
            total_before: null | number;
            /** Format: double */
            total_after: null | number;
            /** Format: double */
            score_before: null | number;
            /** Format: double */
            score_after: null | number;
            falls_away: string[];
            complete: boolean;
        };
        /** @enum {unknown} */
        MigrationStatus: "applying" | "applied" | "undoing" | "undone";
        ModeratedMark: {
            marker_id: components["schemas"]["UserId"];
            marker_name: null | string;
            /** Format: double */
            score: null | number;
            comment: string;
            assessment: null | components["schemas"]["AssessmentSheet"];
            /** Format: date-time */
            marked_at: null | string;
        };
        ModeratedWork: {
            user_id: components["schemas"]["UserId"];
            name: null | string;
            marks: components["schemas"]["ModeratedMark"][];
            complete: boolean;
            /** Format: double */
            spread: null | number;
            /** Format: double */
            agreed: null | number;
            decision: null | components["schemas"]["MarkDecision"];
        };
        MyStanding: {
            submitted: boolean;
            late: boolean;
            missing: boolean;
            excused: boolean;
            graded: boolean;
            /** Format: double */
            score: null | number;
            /** Format: int32 */
            attempts: null | number;
            /** Format: int32 */
            attempts_left: null | number;
            closed_because: null | string;
        };
        NeededScore: {
            /** Format: int64 */
            assignment_id: number;
            /** Format: double */
            score: null | number;
        };
        NeededScores: {
            /** Format: double */
            target: number;
            /** Format: double */
            percent: null | number;
            /** Format: double */
            least: null | number;
            /** Format: double */
            most: null | number;
            items: components["schemas"]["NeededScore"][];
        };
        NextStep: {
            /** Format: double */
            points: number;
            level: string;
            /** Format: double */
            needed: null | number;
            /** Format: int32 */
            missing: number;
        };
        Notification: {
            notification_id: components["schemas"]["NotificationId"];
            kind: string;
            facts: components["schemas"]["JsonElement"];
            link: null | string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            read_at: null | string;
        };
        /** Format: int64 */
        NotificationId: number;
        NumericFields: {
            value: null | string;
            tolerance?: null | string;
            /** @default false */
            tolerance_percent: boolean;
            units?: null | string[];
            /** @default false */
            unit_required: boolean;
            /** Format: int32 */
            significant_figures?: null | number;
        };
        NumericKey: {
            value: string;
            tolerance: null | string;
            /** @default false */
            tolerance_percent: boolean;
            units: null | string[];
            /** @default false */
            unit_required: boolean;
            /** Format: int32 */
            significant_figures: null | number;
        };
        ObserverShown: {
            user_id: components["schemas"]["UserId"];
            name: string;
            email: null | string;
            sources: string[];
            /** Format: date-time */
            created_at: string;
        };
        OneQuestionFields: {
            question_id?: null | string;
            prompt?: null | string;
            /** Format: double */
            points?: null | number;
            key?: null | components["schemas"]["KeyFields"];
            credit_all?: boolean;
            also?: null | components["schemas"]["KeyFields"][];
        };
        OtherMark: {
            marker_id: components["schemas"]["UserId"];
            marker_name: null | string;
            /** Format: double */
            score: null | number;
            comment: string;
            assessment: null | components["schemas"]["AssessmentSheet"];
        };
        OtherWork: {
            user_id: components["schemas"]["UserId"];
            name: string;
            /** Format: int32 */
            attempt: number;
            /** Format: date-time */
            submitted_at: string;
            assignment_id: components["schemas"]["AssignmentId"];
            assignment_title: string;
            course_id: components["schemas"]["CourseId"];
            course_title: null | string;
        };
        OutboxLagReader: {
            /** Format: int32 */
            database: number;
            name: string;
            /** Format: int64 */
            waiting: number;
            /** Format: double */
            age_seconds: number;
        };
        OutboxRoutesReaders: {
            items: components["schemas"]["OutboxLagReader"][];
            broker: null | string;
        };
        Outcome: {
            outcome_id: components["schemas"]["OutcomeId"];
            account_id: null | components["schemas"]["AccountId"];
            course_id: null | components["schemas"]["CourseId"];
            outcome_group_id: null | components["schemas"]["OutcomeGroupId"];
            code: string;
            title: string;
            display_name: null | string;
            description: string;
            learner_description: string;
            scale: components["schemas"]["MasteryScale"];
            method: components["schemas"]["MasteryMethod"];
            /** Format: int32 */
            version: number;
            reason: null | string;
            actor_name: null | string;
            /** Format: date-time */
            at: string;
        };
        OutcomeExport: {
            outcome_export_id: components["schemas"]["OutcomeExportId"];
            outcome_id: components["schemas"]["OutcomeId"];
            course_ids: number[];
            state: components["schemas"]["ExportState"];
            /** Format: uuid */
            job_id: null | string;
            /** Format: int32 */
            learners: number;
            /** Format: date-time */
            created_at: string;
            created_by: components["schemas"]["UserId"];
            /** Format: date-time */
            ready_at: null | string;
            /** Format: date-time */
            expires_at: null | string;
            job: null | components["schemas"]["JobStanding"];
            file: null | components["schemas"]["FileLink"];
        };
        /** Format: int64 */
        OutcomeExportId: number;
        OutcomeFields: {
            code?: null | string;
            title?: null | string;
            display_name?: null | string;
            description?: string;
            learner_description?: string;
            outcome_group_id?: null | components["schemas"]["OutcomeGroupId"];
            levels?: null | components["schemas"]["LevelFields"][];
            /** Format: double */
            mastery_points?: null | number;
            method?: components["schemas"]["MasteryMethodKind"];
            /** Format: int32 */
            parameter?: null | number;
            reason?: null | string;
            /** Format: int32 */
            version?: null | number;
        };
        OutcomeGroup: {
            outcome_group_id: components["schemas"]["OutcomeGroupId"];
            account_id: null | components["schemas"]["AccountId"];
            course_id: null | components["schemas"]["CourseId"];
            parent_id: null | components["schemas"]["OutcomeGroupId"];
            code: string;
            title: string;
            description: string;
            /** Format: int32 */
            version: number;
        };
        OutcomeGroupFields: {
            code?: null | string;
            title?: null | string;
            description?: string;
            parent_id?: null | components["schemas"]["OutcomeGroupId"];
            /** Format: int32 */
            version?: null | number;
        };
        /** Format: int64 */
        OutcomeGroupId: number;
        /** Format: int64 */
        OutcomeId: number;
        OutcomeImport: {
            /** Format: int32 */
            lines: number;
            /** Format: int32 */
            added: number;
            /** Format: int32 */
            changed: number;
            /** Format: int32 */
            unchanged: number;
            /** Format: int32 */
            deleted: number;
        };
        OutcomeSummary: {
            course_outcome_id: components["schemas"]["CourseOutcomeId"];
            outcome_id: components["schemas"]["OutcomeId"];
            code: string;
            title: string;
            scale: components["schemas"]["MasteryScale"];
            method: components["schemas"]["MasteryMethod"];
            /** Format: int32 */
            version: number;
            /** Format: int32 */
            alignment_count: number;
            levels: number[];
            /** Format: int64 */
            without_score: number;
        };
        OutcomeTree: {
            groups: components["schemas"]["OutcomeGroup"][];
            outcomes: components["schemas"]["Outcome"][];
        };
        OverrideEntry: {
            /** Format: int64 */
            period_id: number;
            /** Format: int32 */
            version: number;
            /** Format: double */
            percent: null | number;
            letter: null | string;
            status_code: null | string;
            actor_id: null | components["schemas"]["UserId"];
            actor_name: null | string;
            reason: null | string;
            /** Format: date-time */
            at: string;
            standing: components["schemas"]["StandingOverride"];
        };
        OwnMark: {
            /** Format: double */
            score: null | number;
            comment: string;
            assessment: null | components["schemas"]["AssessmentSheet"];
            /** Format: date-time */
            marked_at: null | string;
            /** Format: int32 */
            version: number;
            others: components["schemas"]["OtherMark"][];
        };
        PageOfAccountListed: {
            items: components["schemas"]["AccountListed"][];
            next: null | string;
        };
        PageOfAnnotationView: {
            items: components["schemas"]["AnnotationView"][];
            next: null | string;
        };
        PageOfAssignmentGroup: {
            items: components["schemas"]["AssignmentGroup"][];
            next: null | string;
        };
        PageOfAssignmentView: {
            items: components["schemas"]["AssignmentView"][];
            next: null | string;
        };
        PageOfAuditEntry: {
            items: components["schemas"]["AuditEntry"][];
            next: null | string;
        };
        PageOfAuditRoutesSealListed: {
            items: components["schemas"]["AuditRoutesSealListed"][];
            next: null | string;
        };
        PageOfCalibrationLine: {
            items: components["schemas"]["CalibrationLine"][];
            next: null | string;
        };
        PageOfCourseListed: {
            items: components["schemas"]["CourseListed"][];
            next: null | string;
        };
        PageOfCourseOutcome: {
            items: components["schemas"]["CourseOutcome"][];
            next: null | string;
        };
        PageOfCourseStanding: {
            items: components["schemas"]["CourseStanding"][];
            next: null | string;
        };
        PageOfEnrollmentListed: {
            items: components["schemas"]["EnrollmentListed"][];
            next: null | string;
        };
        PageOfFamilyShown: {
            items: components["schemas"]["FamilyShown"][];
            next: null | string;
        };
        PageOfFeedbackFile: {
            items: components["schemas"]["FeedbackFile"][];
            next: null | string;
        };
        PageOfFeedbackImport: {
            items: components["schemas"]["FeedbackImport"][];
            next: null | string;
        };
        PageOfGradebookExport: {
            items: components["schemas"]["GradebookExport"][];
            next: null | string;
        };
        PageOfGradebookImport: {
            items: components["schemas"]["GradebookImport"][];
            next: null | string;
        };
        PageOfGradebookView: {
            items: components["schemas"]["GradebookView"][];
            next: null | string;
        };
        PageOfGradeEntry: {
            items: components["schemas"]["GradeEntry"][];
            next: null | string;
        };
        PageOfGradingClaim: {
            items: components["schemas"]["GradingClaim"][];
            next: null | string;
        };
        PageOfGroup: {
            items: components["schemas"]["Group"][];
            next: null | string;
        };
        PageOfGroupSet: {
            items: components["schemas"]["GroupSet"][];
            next: null | string;
        };
        PageOfImportRow: {
            items: components["schemas"]["ImportRow"][];
            next: null | string;
        };
        PageOfJobRoutesListed: {
            items: components["schemas"]["JobRoutesListed"][];
            next: null | string;
        };
        PageOfKeyCorrection: {
            items: components["schemas"]["KeyCorrection"][];
            next: null | string;
        };
        PageOfListPeerScoresItem: {
            items: components["schemas"]["ListPeerScoresItem"][];
            next: null | string;
        };
        PageOfListSessionsListed: {
            items: components["schemas"]["ListSessionsListed"][];
            next: null | string;
        };
        PageOfListSimilarityChecksResponse: {
            items: components["schemas"]["ListSimilarityChecksResponse"][];
            next: null | string;
        };
        PageOfListSubmissionsResponse: {
            items: components["schemas"]["ListSubmissionsResponse"][];
            next: null | string;
        };
        PageOfMasteryRow: {
            items: components["schemas"]["MasteryRow"][];
            next: null | string;
        };
        PageOfModeratedWork: {
            items: components["schemas"]["ModeratedWork"][];
            next: null | string;
        };
        PageOfObserverShown: {
            items: components["schemas"]["ObserverShown"][];
            next: null | string;
        };
        PageOfOverrideEntry: {
            items: components["schemas"]["OverrideEntry"][];
            next: null | string;
        };
        PageOfPairLine: {
            items: components["schemas"]["PairLine"][];
            next: null | string;
        };
        PageOfPeerReset: {
            items: components["schemas"]["PeerReset"][];
            next: null | string;
        };
        PageOfPeerTakeover: {
            items: components["schemas"]["PeerTakeover"][];
            next: null | string;
        };
        PageOfPersonListed: {
            items: components["schemas"]["PersonListed"][];
            next: null | string;
        };
        PageOfPostingView: {
            items: components["schemas"]["PostingView"][];
            next: null | string;
        };
        PageOfQuestionProgress: {
            items: components["schemas"]["QuestionProgress"][];
            next: null | string;
        };
        PageOfRegradeRequestRow: {
            items: components["schemas"]["RegradeRequestRow"][];
            next: null | string;
        };
        PageOfRenewAnswerClaimsResponse: {
            items: components["schemas"]["RenewAnswerClaimsResponse"][];
            next: null | string;
        };
        PageOfReviewerLine: {
            items: components["schemas"]["ReviewerLine"][];
            next: null | string;
        };
        PageOfRoleAssignment: {
            items: components["schemas"]["RoleAssignment"][];
            next: null | string;
        };
        PageOfRosterImport: {
            items: components["schemas"]["RosterImport"][];
            next: null | string;
        };
        PageOfRosterImportRow: {
            items: components["schemas"]["RosterImportRow"][];
            next: null | string;
        };
        PageOfRubricLine: {
            items: components["schemas"]["RubricLine"][];
            next: null | string;
        };
        PageOfRubricMigration: {
            items: components["schemas"]["RubricMigration"][];
            next: null | string;
        };
        PageOfSavedComment: {
            items: components["schemas"]["SavedComment"][];
            next: null | string;
        };
        PageOfSection: {
            items: components["schemas"]["Section"][];
            next: null | string;
        };
        PageOfSubmissionDownload: {
            items: components["schemas"]["SubmissionDownload"][];
            next: null | string;
        };
        PageOfTerm: {
            items: components["schemas"]["Term"][];
            next: null | string;
        };
        PageOfTokenShown: {
            items: components["schemas"]["TokenShown"][];
            next: null | string;
        };
        PageOfWaitingLearner: {
            items: components["schemas"]["WaitingLearner"][];
            next: null | string;
        };
        PairLine: {
            peer_review_id: components["schemas"]["PeerReviewId"];
            reviewer_id: components["schemas"]["UserId"];
            reviewer_name: string;
            author_id: components["schemas"]["UserId"];
            author_name: string;
            kind: components["schemas"]["PeerKind"];
            /** Format: date-time */
            saved_at: null | string;
            /** Format: date-time */
            handed_in_at: null | string;
            /** Format: date-time */
            removed_at: null | string;
            /** Format: double */
            total: null | number;
            /** Format: int32 */
            version: number;
        };
        PatternFields: {
            pattern: null | string;
            /** @default false */
            ignore_case: boolean;
        };
        PatternKey: {
            pattern: string;
            /** @default false */
            ignore_case: boolean;
        };
        /** @enum {unknown} */
        PeerFeedback: "when_due" | "when_posted";
        /** @enum {unknown} */
        PeerKind: "peer" | "self" | "sample";
        /** @enum {unknown} */
        PeerNames: "shown" | "reviewer_hidden" | "author_hidden" | "both_hidden";
        PeerPlanFields: {
            /** Format: int32 */
            reviews_per_work?: number;
            /** Format: date-time */
            allocates_at?: null | string;
            /** Format: date-time */
            reviews_due_at?: null | string;
            by_rubric?: boolean;
            by_comments?: boolean;
            names?: components["schemas"]["PeerNames"];
            self_review?: boolean;
            apart_group_set_id?: null | components["schemas"]["GroupSetId"];
            feedback?: components["schemas"]["PeerFeedback"];
            reviews_first?: boolean;
            calibrates?: boolean;
            /** Format: int32 */
            version?: null | number;
        };
        PeerPlanView: {
            assignment_id: components["schemas"]["AssignmentId"];
            /** Format: int32 */
            reviews_per_work: number;
            /** Format: date-time */
            allocates_at: null | string;
            /** Format: date-time */
            reviews_due_at: string;
            by_rubric: boolean;
            by_comments: boolean;
            names: components["schemas"]["PeerNames"];
            self_review: boolean;
            apart_group_set_id: null | components["schemas"]["GroupSetId"];
            feedback: components["schemas"]["PeerFeedback"];
            reviews_first: boolean;
            calibrates: boolean;
            /** Format: date-time */
            allocated_at: null | string;
            /** Format: int32 */
            version: number;
        };
        PeerReset: {
            peer_reset_id: components["schemas"]["PeerResetId"];
            reviewer_id: null | components["schemas"]["UserId"];
            reviewer_name: null | string;
            /** Format: int32 */
            reviews: number;
            /** Format: int32 */
            handed_in: number;
            actor_name: null | string;
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            undone_at: null | string;
            /** Format: int32 */
            restored: null | number;
        };
        /** Format: int64 */
        PeerResetId: number;
        /** Format: int64 */
        PeerReviewId: number;
        /** @enum {unknown} */
        PeerReviewState: "to_do" | "started" | "handed_in";
        PeerReviewView: {
            peer_review_id: components["schemas"]["PeerReviewId"];
            assignment_id: components["schemas"]["AssignmentId"];
            title: string;
            kind: components["schemas"]["PeerKind"];
            author_name: null | string;
            reviewer_name: null | string;
            work: components["schemas"]["SubmissionView"];
            assessment: null | components["schemas"]["AssessmentView"];
            by_comments: boolean;
            comment: string;
            /** Format: date-time */
            reviews_due_at: string;
            /** Format: date-time */
            saved_at: null | string;
            /** Format: date-time */
            handed_in_at: null | string;
            closed_because: null | string;
            reference: null | components["schemas"]["CalibrationSaid"];
            /** Format: int32 */
            version: number;
        };
        /** @enum {unknown} */
        PeerRule: "mean" | "median" | "weighted";
        PeerTakeover: {
            peer_takeover_id: components["schemas"]["PeerTakeoverId"];
            course_id: components["schemas"]["CourseId"];
            rule: components["schemas"]["PeerRule"];
            overwrites: boolean;
            /** Format: date-time */
            at: string;
            actor_name: null | string;
            /** Format: date-time */
            reversed_at: null | string;
            /** Format: int32 */
            reverted: null | number;
            /** Format: int32 */
            grades: number;
        };
        /** Format: int64 */
        PeerTakeoverId: number;
        PersonListed: {
            user_id: components["schemas"]["UserId"];
            name: string;
            sortable_name: string;
            email: null | string;
            login_name: null | string;
            sis_id: null | string;
            pronouns: null | string;
            avatar_url: null | string;
            state: components["schemas"]["UserState"];
            roles: components["schemas"]["Role"][];
        };
        PersonShown: {
            user_id: components["schemas"]["UserId"];
            name: string;
            sortable_name: string;
            email: null | string;
            login_name: null | string;
            sis_id: null | string;
            pronouns: null | string;
            locale: null | string;
            time_zone: null | string;
            avatar_url: null | string;
            state: components["schemas"]["UserState"];
            /** Format: int32 */
            version: number;
            /** Format: date-time */
            created_at: string;
        };
        PostingActor: {
            user_id: null | components["schemas"]["UserId"];
            name: null | string;
        };
        /** Format: int64 */
        PostingId: number;
        /** @enum {unknown} */
        PostingKind: "post" | "hide";
        PostingView: {
            posting_id: components["schemas"]["PostingId"];
            assignment_id: components["schemas"]["AssignmentId"];
            kind: components["schemas"]["PostingKind"];
            only_graded: boolean;
            section_ids: number[];
            actor: components["schemas"]["PostingActor"];
            /** Format: date-time */
            at: string;
            /** Format: int32 */
            grades: number;
            /** Format: date-time */
            notices_at: string;
            /** Format: date-time */
            finished_at: null | string;
            /** Format: date-time */
            undone_at: null | string;
            can_undo: boolean;
            /** Format: int32 */
            version: number;
            /** Format: uuid */
            job_id: null | string;
        };
        PreviewKeyCorrectionResponse: {
            /** Format: int32 */
            learner_count: number;
            /** Format: int32 */
            score_change_count: number;
            /** Format: int32 */
            told_count: number;
            /** Format: int32 */
            program_count: number;
            lines: components["schemas"]["CorrectionLine"][];
        };
        PreviewRubricResponse: {
            /** Format: int32 */
            assessment_count: number;
            /** Format: int32 */
            score_change_count: number;
            lines: components["schemas"]["MigrationLine"][];
        };
        ProfileShown: {
            user_id: components["schemas"]["UserId"];
            name: string;
            sortable_name: string;
            pronouns: null | string;
            email: null | string;
            login_name: null | string;
            locale: null | string;
            time_zone: null | string;
            avatar_url: null | string;
            /** Format: int32 */
            version: number;
        };
        Question: {
            question_id: string;
            prompt: string;
            /** Format: double */
            points: number;
            key: components["schemas"]["AnswerKey"];
            /** @default false */
            credit_all: boolean;
            also: null | components["schemas"]["AnswerKey"][];
        };
        QuestionFields: {
            questions?: null | components["schemas"]["OneQuestionFields"][];
            /** Format: int32 */
            version?: null | number;
        };
        QuestionMark: {
            submission_id: components["schemas"]["SubmissionId"];
            question_id: string;
            /** Format: double */
            points: number;
            /** Format: double */
            score: null | number;
            outcome: components["schemas"]["AnswerOutcome"];
            feedback: string;
            /** Format: int32 */
            key_version: number;
            by_person: boolean;
            /** Format: int32 */
            version: number;
            results: null | components["schemas"]["TestResult"][];
        };
        QuestionProgress: {
            question_id: string;
            /** Format: int32 */
            judged: number;
            /** Format: int32 */
            waiting: number;
            /** Format: int32 */
            held_by_others: number;
        };
        QuestionSet: {
            assignment_id: components["schemas"]["AssignmentId"];
            /** Format: int32 */
            version: number;
            /** Format: double */
            points_possible: number;
            questions: components["schemas"]["Question"][];
        };
        QueueProgress: {
            /** Format: int32 */
            waiting: number;
            /** Format: int32 */
            held_by_others: number;
            /** Format: int32 */
            returned: number;
            /** Format: int32 */
            handed_in: number;
        };
        Rating: {
            rating_id: string;
            description: string;
            /** Format: double */
            points: number;
        };
        RatingFields: {
            rating_id: null | string;
            description: null | string;
            /** Format: double */
            points: null | number;
        };
        /** @enum {unknown} */
        ReadPurpose: "app" | "analytics" | "reporting";
        ReadRubricTableRequest: {
            text: null | string;
        };
        /** @enum {unknown} */
        RecalculationCause: "rules_changed" | "group_added" | "group_changed" | "group_deleted" | "assignment_added" | "assignment_changed" | "assignment_deleted" | "assignment_status_changed" | "dates_changed" | "posting_changed" | "anonymity_changed" | "assignments_imported" | "outcomes_changed";
        Receipt: {
            number: string;
            /** Format: date-time */
            submitted_at: string;
            /** Format: int32 */
            attempt: number;
            sha256: string;
            content_sha256: string;
        };
        RecordedGrade: {
            assignment_id: components["schemas"]["AssignmentId"];
            user_id: components["schemas"]["UserId"];
            grade_id: components["schemas"]["GradeId"];
            /** Format: int64 */
            course_version: number;
            /** Format: double */
            score: null | number;
            /** Format: double */
            entered_score: null | number;
            /** Format: double */
            points_deducted: number;
            status: components["schemas"]["WorkStatus"];
            /** Format: int32 */
            flags: number;
            grader_id: null | components["schemas"]["UserId"];
            /** Format: date-time */
            graded_at: string;
            /** Format: date-time */
            posted_at: null | string;
            /** Format: int32 */
            version: number;
            attempt_scores: null | components["schemas"]["AttemptScores"];
            /** Format: int16 */
            label: null | number;
            also: components["schemas"]["RecordedGrade"][];
            row_totals: components["schemas"]["RowTotals"];
        };
        RecordedGrades: {
            grades: components["schemas"]["RecordedGrade"][];
            also: components["schemas"]["RecordedGrade"][];
            /** Format: int64 */
            course_version: number;
        };
        RecordGradesRequest: {
            reason: null | string;
            changes: null | components["schemas"]["CellChange"][];
        };
        RecordMarksRequest: {
            question_id: null | string;
            /** Format: double */
            score: null | number;
            feedback: null | string;
            marks: null | components["schemas"]["RecordMarksSeenMark"][];
        };
        RecordMarksResponse: {
            marks: components["schemas"]["QuestionMark"][];
        };
        RecordMarksSeenMark: {
            submission_id: components["schemas"]["SubmissionId"];
            /** Format: int32 */
            version: number;
        };
        RecordPresenceRequest: {
            at: null | components["schemas"]["GraderPlace"];
        };
        RegradeRequest: {
            regrade_request_id: components["schemas"]["RegradeRequestId"];
            course_id: components["schemas"]["CourseId"];
            assignment_id: components["schemas"]["AssignmentId"];
            user_id: components["schemas"]["UserId"];
            /** Format: double */
            score: number;
            state: components["schemas"]["RegradeState"];
            /** Format: date-time */
            asked_at: string;
            answered_by: null | components["schemas"]["UserId"];
            /** Format: date-time */
            answered_at: null | string;
            /** Format: int32 */
            version: number;
        };
        /** Format: int64 */
        RegradeRequestId: number;
        RegradeRequestRow: {
            regrade_request_id: components["schemas"]["RegradeRequestId"];
            assignment_id: components["schemas"]["AssignmentId"];
            title: string;
            user_id: components["schemas"]["UserId"];
            name: string;
            /** Format: double */
            score: number;
            /** Format: date-time */
            asked_at: string;
            /** Format: int32 */
            version: number;
        };
        /** @enum {unknown} */
        RegradeState: "open" | "kept" | "changed" | "withdrawn";
        RenewAnswerClaimsRequest: {
            question_id: null | string;
            answer_keys: null | string[];
        };
        RenewAnswerClaimsResponse: {
            answer_key: string;
            /** Format: date-time */
            claimed_until: string;
        };
        RenewClaimsRequest: {
            user_ids: null | number[];
        };
        /** @enum {unknown} */
        RepeatRule: "latest" | "best" | "all";
        ReplaceAlignmentsRequest: {
            alignments: null | components["schemas"]["AlignmentFields"][];
            /** Format: int32 */
            version: null | number;
        };
        ReplaceAssignmentDatesDateFields: {
            audience: components["schemas"]["DateAudience"];
            /** Format: int64 */
            audience_id: number;
            /** Format: date-time */
            due_at: null | string;
            /** Format: date-time */
            unlocks_at: null | string;
            /** Format: date-time */
            locks_at: null | string;
        };
        ReplaceAssignmentDatesRequest: {
            items: null | components["schemas"]["ReplaceAssignmentDatesDateFields"][];
            /** Format: int32 */
            version: null | number;
        };
        ReplaceGradeLabelsRequest: {
            labels: null | components["schemas"]["GradeLabels"];
            /** Format: int32 */
            version: null | number;
        };
        ReplaceGradingPolicyRequest: {
            policy: null | components["schemas"]["GradingRules"];
            /** Format: int32 */
            version: null | number;
            reason: null | string;
        };
        ReplacePostingPolicyRequest: {
            posts_manually: boolean;
            /** Format: date-time */
            posts_at: null | string;
            /** Format: int32 */
            version: null | number;
        };
        RequestRevisionRequest: {
            user_id: components["schemas"]["UserId"];
            note: null | string;
        };
        ResetCounts: {
            /** Format: int32 */
            reviews: number;
            /** Format: int32 */
            started: number;
            /** Format: int32 */
            handed_in: number;
        };
        ReversePeerTakeoverResponse: {
            /** Format: int32 */
            reverted: number;
            /** Format: int32 */
            kept: number;
        };
        ReviewerLine: {
            user_id: components["schemas"]["UserId"];
            name: string;
            sortable_name: string;
            /** Format: int32 */
            given: number;
            /** Format: int32 */
            given_done: number;
            /** Format: date-time */
            last_at: null | string;
            /** Format: int32 */
            received: number;
            /** Format: int32 */
            received_done: number;
            /** Format: double */
            reliability: null | number;
        };
        Revision: {
            /** Format: int32 */
            attempt: number;
            note: string;
            /** Format: date-time */
            at: string;
        };
        /** @enum {unknown} */
        Role: "learner" | "past_learner" | "instructor" | "teaching_assistant" | "designer" | "observer" | "coordinator" | "administrator" | "operator";
        RoleAssignment: {
            role_assignment_id: components["schemas"]["RoleAssignmentId"];
            account_id: components["schemas"]["AccountId"];
            user_id: components["schemas"]["UserId"];
            name: string;
            email: null | string;
            role: components["schemas"]["Role"];
            /** Format: date-time */
            created_at: string;
        };
        /** Format: int64 */
        RoleAssignmentId: number;
        RoleShown: {
            role: components["schemas"]["Role"];
            scope: string;
        };
        /** @enum {unknown} */
        RosterFormat: "unknown" | "canvas" | "one_roster11" | "one_roster12" | "moodle";
        RosterHold: {
            kind: components["schemas"]["RosterKind"];
            code: string;
            because: string;
        };
        RosterImport: {
            roster_import_id: components["schemas"]["RosterImportId"];
            file_name: string;
            /** Format: int64 */
            size_bytes: number;
            format: components["schemas"]["RosterFormat"];
            state: components["schemas"]["RosterImportState"];
            /** Format: int32 */
            file_rows: number;
            summary: components["schemas"]["RosterSummary"];
            /** Format: uuid */
            job_id: null | string;
            /** Format: date-time */
            created_at: string;
            created_by: components["schemas"]["UserId"];
            /** Format: date-time */
            applied_at: null | string;
            applied_by: null | components["schemas"]["UserId"];
            /** Format: int32 */
            version: number;
        };
        /** Format: int64 */
        RosterImportId: number;
        RosterImportRow: {
            /** Format: int32 */
            row_no: number;
            kind: string;
            thing: null | string;
            label: null | string;
            file: null | string;
            /** Format: int32 */
            line: null | number;
            column_name: null | string;
            code: null | string;
            reason: null | string;
            changes: null | components["schemas"]["JsonElement"];
        };
        /** @enum {unknown} */
        RosterImportState: "planning" | "planned" | "refused" | "applying" | "applied" | "outdated";
        /** @enum {unknown} */
        RosterKind: "account" | "term" | "user" | "course" | "section" | "cross_listing" | "enrollment" | "group_set" | "group" | "group_member" | "observer" | "admin";
        RosterSummary: {
            /** Format: int32 */
            creates: number;
            /** Format: int32 */
            updates: number;
            /** Format: int32 */
            deletes: number;
            /** Format: int32 */
            unchanged: number;
            /** Format: int32 */
            errors: number;
            /** Format: int32 */
            warnings: number;
            kinds: components["schemas"]["RosterTally"][];
            holds: components["schemas"]["RosterHold"][];
            problem_codes: {
                [key: string]: number;
            };
        };
        RosterTally: {
            kind: components["schemas"]["RosterKind"];
            /** Format: int32 */
            stored: number;
            /** Format: int32 */
            creates: number;
            /** Format: int32 */
            updates: number;
            /** Format: int32 */
            deletes: number;
            /** Format: int32 */
            unchanged: number;
        };
        RowTotals: {
            /** Format: double */
            current: null | number;
            /** Format: double */
            final: null | number;
            current_letter: null | string;
            final_letter: null | string;
            /** Format: double */
            learner_current: null | number;
            /** Format: double */
            learner_final: null | number;
            /** Format: double */
            final_before_override: null | number;
        };
        Rubric: {
            rubric_id: components["schemas"]["RubricId"];
            course_id: components["schemas"]["CourseId"];
            title: string;
            /** Format: int32 */
            version: number;
            /** Format: int32 */
            newest_version: number;
            /** Format: double */
            points_possible: number;
            criteria: components["schemas"]["Criterion"][];
        };
        RubricFields: {
            title?: null | string;
            criteria?: null | components["schemas"]["CriterionFields"][];
            /** Format: int32 */
            version?: null | number;
        };
        /** Format: int64 */
        RubricId: number;
        RubricLine: {
            rubric_id: components["schemas"]["RubricId"];
            title: string;
            /** Format: int32 */
            version: number;
            /** Format: double */
            points_possible: number;
            /** Format: int32 */
            criterion_count: number;
            used_by: string[];
        };
        RubricMigration: {
            rubric_migration_id: components["schemas"]["RubricMigrationId"];
            course_id: components["schemas"]["CourseId"];
            rubric_id: components["schemas"]["RubricId"];
            /** Format: int32 */
            to_version: number;
            status: components["schemas"]["MigrationStatus"];
            /** Format: int32 */
            changed_count: number;
            /** Format: int32 */
            kept_count: number;
            actor_id: null | components["schemas"]["UserId"];
            actor_name: null | string;
            /** Format: date-time */
            at: string;
        };
        /** Format: int64 */
        RubricMigrationId: number;
        RubricTable: {
            criteria: components["schemas"]["CriterionFields"][];
            problems: components["schemas"]["RubricTableProblem"][];
        };
        RubricTableProblem: {
            /** Format: int32 */
            line: number;
            /** Format: int32 */
            column: null | number;
            message: string;
        };
        /** @enum {unknown} */
        RunEnd: "ended" | "failed" | "took_too_long" | "wrote_too_much" | "took_too_much_memory" | "begot_too_many";
        SaidCriterion: {
            criterion_id: string;
            /** Format: double */
            points: null | number;
            rating_id: null | string;
            comment: null | string;
        };
        SaveCommentDraftRequest: {
            body: null | string;
            /** Format: int32 */
            version: null | number;
        };
        SaveCommentDraftResponse: {
            /** Format: int32 */
            version: number;
            /** Format: date-time */
            saved_at: string;
        };
        SaveCriterionRequest: {
            /** Format: double */
            points: null | number;
            rating_id: null | string;
            comment: null | string;
            /** Format: int32 */
            version: null | number;
            /** Format: int32 */
            rubric_version: null | number;
            submission_id: null | components["schemas"]["SubmissionId"];
            /** @default false */
            only_this_learner: boolean;
        };
        SavedAssessment: {
            assessment: components["schemas"]["AssessmentView"];
            grade: components["schemas"]["RecordedGrade"];
        };
        SavedComment: {
            saved_comment_id: components["schemas"]["SavedCommentId"];
            body: string;
            /** Format: int32 */
            used_count: number;
            /** Format: int32 */
            scored_count: number;
            /** Format: double */
            mean_percent: null | number;
        };
        /** Format: int64 */
        SavedCommentId: number;
        SaveDraftResponse: {
            /** Format: int32 */
            version: number;
            /** Format: date-time */
            saved_at: string;
        };
        SaveGradebookViewRequest: {
            filters: null | components["schemas"]["ViewFilters"];
            /** @default false */
            shared: boolean;
        };
        SavePeerReviewRequest: {
            criteria: null | components["schemas"]["CriterionChange"][];
            comment: null | string;
            hand_in: boolean;
            /** Format: int32 */
            rubric_version: null | number;
            /** Format: int32 */
            version: null | number;
        };
        SavePeerReviewResponse: {
            assessment: null | components["schemas"]["AssessmentView"];
            comment: string;
            /** Format: date-time */
            saved_at: null | string;
            /** Format: date-time */
            handed_in_at: null | string;
            reference: null | components["schemas"]["CalibrationSaid"];
            /** Format: int32 */
            version: number;
        };
        SaveProvisionalMarkRequest: {
            /** Format: double */
            score: null | number;
            comment: null | string;
            /** Format: int32 */
            rubric_version: null | number;
            criteria: null | components["schemas"]["CriterionChange"][];
            /** Format: int32 */
            version: null | number;
        };
        ScoredAttempt: {
            /** Format: int32 */
            attempt: number;
            /** Format: double */
            entered: number;
            /** Format: date-time */
            submitted_at: null | string;
        };
        Section: {
            section_id: components["schemas"]["SectionId"];
            course_id: components["schemas"]["CourseId"];
            home_course_id: components["schemas"]["CourseId"];
            name: string;
            is_default: boolean;
            /** Format: date-time */
            starts_at: null | string;
            /** Format: date-time */
            ends_at: null | string;
            sis_id: null | string;
            /** Format: int32 */
            people: number;
            /** Format: int32 */
            version: number;
            is_cross_listed: boolean;
        };
        SectionForm: {
            name: null | string;
            /** Format: date-time */
            starts_at: null | string;
            /** Format: date-time */
            ends_at: null | string;
        };
        /** Format: int64 */
        SectionId: number;
        Selector: {
            type: null | string;
            /** Format: int32 */
            start?: null | number;
            /** Format: int32 */
            end?: null | number;
            exact?: null | string;
            prefix?: null | string;
            suffix?: null | string;
            conformsTo?: null | string;
            value?: null | string;
            refinedBy?: null | components["schemas"]["Selector"];
        };
        SendLearnerMessagesResponse: {
            /** Format: int32 */
            sent: number;
        };
        SetAnonymityRequest: {
            /** Format: int32 */
            version: null | number;
        };
        SetAssignmentRubricRequest: {
            rubric_id: components["schemas"]["RubricId"];
            total_is_score: boolean;
            /** Format: int32 */
            version: null | number;
        };
        SetAssignmentStatusRequest: {
            status: components["schemas"]["AssignmentStatus"];
            /** Format: int32 */
            version: null | number;
        };
        SetCalibrationWorkRequest: {
            /** Format: double */
            score: null | number;
            note: null | string;
            /** Format: int32 */
            rubric_version: null | number;
            criteria: null | components["schemas"]["CriterionChange"][];
            /** Format: int32 */
            version: null | number;
        };
        SetCourseStatusRequest: {
            status: null | string;
            /** Format: int32 */
            version: null | number;
        };
        SetCourseStatusResponse: {
            course_id: components["schemas"]["CourseId"];
            status: components["schemas"]["CourseStatus"];
            /** Format: date-time */
            opens_at: null | string;
            /** Format: date-time */
            closes_at: null | string;
            /** Format: int32 */
            version: number;
        };
        SetFinalGradeResponse: {
            /** Format: int64 */
            period_id: number;
            /** Format: double */
            percent: null | number;
            letter: null | string;
            status_code: null | string;
            /** Format: int32 */
            version: number;
            row_totals: components["schemas"]["RowTotals"];
            /** Format: int64 */
            course_version: number;
        };
        SetForgottenPasswordRequest: {
            password: null | string;
        };
        SetLateAllowanceRequest: {
            exempt: boolean;
            exempt_from: null | number[];
            /** Format: int32 */
            extra_passes: number;
            used: null | components["schemas"]["UsedPasses"][];
            reason: null | string;
            /** Format: int32 */
            version: null | number;
        };
        SetMarkingPlanRequest: {
            /** Format: int32 */
            markers: number;
            rule: null | components["schemas"]["AgreementRule"];
            /** Format: double */
            tolerance: number;
            tolerance_unit: null | components["schemas"]["ToleranceUnit"];
            shows_comments: boolean;
            /** Format: int32 */
            version: null | number;
        };
        SettingsShown: {
            locale: null | string;
            time_zone: null | string;
            accent: null | string;
            logo_url: null | string;
        };
        SettingsWanted: {
            locale: null | string;
            time_zone: null | string;
            accent: null | string;
        };
        SetUserStateRequest: {
            state: null | string;
            /** Format: int32 */
            version: null | number;
        };
        ShardMeasuresWork: {
            /** Format: int32 */
            database: number;
            /** Format: int64 */
            waiting: number;
            /** Format: int64 */
            running: number;
            /** Format: int64 */
            dead: number;
            /** Format: double */
            age_seconds: number;
        };
        SharedPassage: {
            here: components["schemas"]["TextRange"];
            there: components["schemas"]["TextRange"];
        };
        ShownGrade: {
            grade_id: components["schemas"]["GradeId"];
            /** Format: double */
            score: null | number;
            /** Format: double */
            entered_score: null | number;
            /** Format: double */
            points_deducted: number;
            status: components["schemas"]["WorkStatus"];
            grader_id: null | components["schemas"]["UserId"];
            /** Format: date-time */
            graded_at: string;
            /** Format: date-time */
            posted_at: null | string;
            submission_id: null | components["schemas"]["SubmissionId"];
            /** Format: int32 */
            version: number;
        };
        ShownGroup: {
            group_id: components["schemas"]["AssignmentGroupId"];
            name: string;
            /** Format: double */
            weight_percent: number;
            current: components["schemas"]["Standing"];
            final: components["schemas"]["Standing"];
        };
        ShownItem: {
            assignment_id: components["schemas"]["AssignmentId"];
            group_id: components["schemas"]["AssignmentGroupId"];
            title: string;
            /** Format: double */
            points_possible: number;
            grading_type: components["schemas"]["AssignmentGrading"];
            /** Format: date-time */
            due_at: null | string;
            /** Format: date-time */
            submitted_at: null | string;
            /** Format: date-time */
            late_pass_until: null | string;
            late_exempt: boolean;
            grade_id: null | components["schemas"]["GradeId"];
            /** Format: double */
            entered_score: null | number;
            /** Format: double */
            points_deducted: number;
            /** Format: double */
            score: null | number;
            posted: boolean;
            late: boolean;
            missing: boolean;
            excused: boolean;
            status: components["schemas"]["WorkStatus"];
            in_current: components["schemas"]["Inclusion"];
            in_final: components["schemas"]["Inclusion"];
            /** Format: int32 */
            attempt: null | number;
            /** Format: int16 */
            label: null | number;
            /** Format: int32 */
            version: number;
            /** Format: date-time */
            missing_since: null | string;
            /** Format: int32 */
            from_peers: null | number;
        };
        ShownPeriod: {
            /** Format: int64 */
            period_id: number;
            name: string;
            current: components["schemas"]["Standing"];
            final: components["schemas"]["Standing"];
        };
        ShownTest: {
            name: string;
            input: string;
            expected: string;
        };
        ShownTotals: {
            current: components["schemas"]["Standing"];
            final: components["schemas"]["Standing"];
            final_before_override: null | components["schemas"]["Standing"];
            status_code: null | string;
        };
        SimilarityPolicy: {
            enabled: boolean;
            reach: components["schemas"]["SimilarityReach"];
            without_quotations: boolean;
            template: string;
            shown_to_learners: components["schemas"]["SimilarityShown"];
            /** Format: int32 */
            version: number;
        };
        SimilarityPolicyFields: {
            enabled?: boolean;
            reach?: components["schemas"]["SimilarityReach"];
            without_quotations?: boolean;
            template?: string;
            shown_to_learners?: components["schemas"]["SimilarityShown"];
            /** Format: int32 */
            version?: null | number;
        };
        /** @enum {unknown} */
        SimilarityReach: "assignment" | "institution";
        SimilarityShare: {
            state: components["schemas"]["SimilarityState"];
            /** Format: double */
            share_percent: number;
        };
        /** @enum {unknown} */
        SimilarityShown: "never" | "after_hand_in" | "after_due";
        /** @enum {unknown} */
        SimilarityState: "waiting" | "comparing" | "ready" | "nothing";
        SimilarityView: {
            submission_id: components["schemas"]["SubmissionId"];
            assignment_id: components["schemas"]["AssignmentId"];
            user_id: components["schemas"]["UserId"];
            name: null | string;
            /** Format: int32 */
            attempt: number;
            state: components["schemas"]["SimilarityState"];
            /** Format: double */
            share_percent: number;
            /** Format: int32 */
            words: number;
            /** Format: int32 */
            left_out_words: number;
            /** Format: int32 */
            matched_words: number;
            unread: components["schemas"]["UnreadFile"][];
            /** Format: date-time */
            checked_at: null | string;
            own: boolean;
            text: string;
            left_out: components["schemas"]["TextRange"][];
            matches: components["schemas"]["MatchView"][];
        };
        /** @enum {unknown} */
        SizeTier: "small" | "medium" | "large" | null;
        Standing: {
            /** Format: double */
            score: number;
            /** Format: double */
            possible: number;
            /** Format: double */
            percent_unrounded: null | number;
            /** Format: double */
            percent: null | number;
            letter: null | string;
        };
        StandingOverride: {
            /** Format: double */
            percent: null | number;
            letter: null | string;
            status_code: null | string;
            /** Format: int32 */
            version: number;
        };
        StartKeyCorrectionRequest: {
            /** Format: int32 */
            version: null | number;
        };
        StartPeerAllocationResponse: {
            /** Format: uuid */
            job_id: string;
        };
        StartRubricMigrationRequest: {
            /** Format: int32 */
            version: null | number;
        };
        StartSimilarityCheckRequest: {
            submission_id: null | components["schemas"]["SubmissionId"];
        };
        StartUploadRequest: {
            name: null | string;
            /** Format: int64 */
            size_bytes: number;
            content_type: null | string;
        };
        StartUploadResponse: {
            upload_id: components["schemas"]["FileId"];
            file_id: components["schemas"]["FileId"];
            /** Format: int32 */
            part_size_bytes: number;
            parts: components["schemas"]["UploadPart"][];
        };
        StartVoiceUploadRequest: {
            content_type: null | string;
            /** Format: int64 */
            size_bytes: number;
            /** Format: int32 */
            seconds: number;
        };
        StoredLabels: {
            labels: components["schemas"]["GradeLabels"];
            /** Format: int32 */
            version: number;
        };
        StoredRules: {
            policy: components["schemas"]["GradingRules"];
            /** Format: int32 */
            version: number;
        };
        /** Format: int64 */
        SubmissionCommentId: number;
        SubmissionDownload: {
            submission_download_id: components["schemas"]["SubmissionDownloadId"];
            course_id: components["schemas"]["CourseId"];
            assignment_id: components["schemas"]["AssignmentId"];
            state: components["schemas"]["DownloadState"];
            /** Format: uuid */
            job_id: null | string;
            /** Format: int32 */
            submissions: number;
            /** Format: int32 */
            file_count: number;
            /** Format: int32 */
            left_out: number;
            /** Format: date-time */
            created_at: string;
            created_by: components["schemas"]["UserId"];
            created_by_name: null | string;
            /** Format: date-time */
            ready_at: null | string;
            /** Format: date-time */
            expires_at: null | string;
            job: null | components["schemas"]["JobStanding"];
            stopped: boolean;
            files: null | components["schemas"]["FileLink"][];
        };
        /** Format: int64 */
        SubmissionDownloadId: number;
        /** Format: int64 */
        SubmissionId: number;
        /** @enum {unknown} */
        SubmissionType: "text" | "file" | "url" | "media" | "on_paper" | "none" | "questions";
        SubmissionView: {
            submission_id: components["schemas"]["SubmissionId"];
            assignment_id: components["schemas"]["AssignmentId"];
            user_id: components["schemas"]["UserId"];
            /** Format: int32 */
            attempt: number;
            type: components["schemas"]["SubmissionType"];
            body_text: null | string;
            url: null | string;
            files: components["schemas"]["FileLink"][];
            /** Format: date-time */
            submitted_at: string;
            /** Format: date-time */
            due_at: null | string;
            late: boolean;
            /** Format: int64 */
            seconds_late: number;
            receipt: components["schemas"]["Receipt"];
            group: null | components["schemas"]["GroupSubmission"];
            answers: null | {
                [key: string]: string;
            };
            similarity: null | components["schemas"]["SimilarityShare"];
        };
        SubmitWorkResponse: {
            submission_id: components["schemas"]["SubmissionId"];
            /** Format: int32 */
            attempt: number;
            type: components["schemas"]["SubmissionType"];
            /** Format: date-time */
            submitted_at: string;
            late: boolean;
            /** Format: int64 */
            seconds_late: number;
            receipt: components["schemas"]["Receipt"];
        };
        TakeOutcomesRequest: {
            outcome_ids: null | unknown[];
        };
        TakeoverChoice: {
            rule?: components["schemas"]["PeerRule"];
            /** Format: int32 */
            fewest?: number;
            overwrites?: boolean;
            learners?: null | unknown[];
            seen?: null | string;
        };
        /** @enum {unknown} */
        TakeoverFate: "changes" | "same" | "standing" | "too_few" | "closed";
        TakeoverLine: {
            user_id: components["schemas"]["UserId"];
            name: string;
            /** Format: double */
            from: null | number;
            /** Format: double */
            to: number;
            /** Format: int32 */
            reviews: number;
        };
        TakeoverView: {
            rule: components["schemas"]["PeerRule"];
            /** Format: int32 */
            fewest: number;
            overwrites: boolean;
            /** Format: int32 */
            changes: number;
            /** Format: int32 */
            same: number;
            /** Format: int32 */
            standing: number;
            /** Format: int32 */
            too_few: number;
            /** Format: int32 */
            closed: number;
            shown_at_once: boolean;
            seen: string;
            lines: components["schemas"]["TakeoverLine"][];
        };
        Term: {
            term_id: components["schemas"]["TermId"];
            name: string;
            /** Format: date-time */
            starts_at: null | string;
            /** Format: date-time */
            ends_at: null | string;
            sis_id: null | string;
            /** Format: int32 */
            version: number;
        };
        TermForm: {
            name: null | string;
            /** Format: date-time */
            starts_at: null | string;
            /** Format: date-time */
            ends_at: null | string;
        };
        TermGradePoints: {
            term_id: null | components["schemas"]["TermId"];
            name: null | string;
            average: components["schemas"]["GradePointAverage"];
            courses: components["schemas"]["CourseGradePoints"][];
        };
        /** Format: int64 */
        TermId: number;
        TestResult: {
            name: string;
            passed: boolean;
            end: components["schemas"]["RunEnd"];
            said: string;
            hidden: boolean;
        };
        TextRange: {
            /** Format: int32 */
            start: number;
            /** Format: int32 */
            end: number;
        };
        ToGrade: {
            course_id: components["schemas"]["CourseId"];
            assignment_id: components["schemas"]["AssignmentId"];
            title: string;
            /** Format: int32 */
            count: number;
            /** Format: date-time */
            oldest_at: string;
        };
        TokenShown: {
            /** Format: uuid */
            api_token_id: string;
            name: null | string;
            rights: string[];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            last_seen_at: string;
            /** Format: date-time */
            expires_at: string;
        };
        ToldRecalculation: {
            cause: components["schemas"]["RecalculationCause"];
            /** Format: int64 */
            subject_id: null | number;
            subject_name: null | string;
            actor_id: null | components["schemas"]["UserId"];
            actor_name: null | string;
            /** Format: date-time */
            at: string;
        };
        /** @enum {unknown} */
        ToleranceUnit: "points" | "percent";
        UndoPeerResetResponse: {
            /** Format: int32 */
            restored: number;
        };
        /** @enum {unknown} */
        UnreadBecause: "kind" | "too_large" | "too_long" | "gone" | "not_what_it_says" | "damaged";
        UnreadFile: {
            /** Format: int32 */
            number: number;
            name: string;
            because: components["schemas"]["UnreadBecause"];
        };
        UpdateAccountRequest: {
            name: null | string;
            parent_id: null | components["schemas"]["AccountId"];
            settings: null | components["schemas"]["SettingsWanted"];
            /** Format: int32 */
            version: null | number;
        };
        UpdateAnnotationRequest: {
            body: null | string;
            /** Format: int32 */
            version: null | number;
        };
        UpdateCourseRequest: {
            code: null | string;
            title: null | string;
            description: null | string;
            term_id: null | components["schemas"]["TermId"];
            /** Format: date-time */
            starts_at: null | string;
            /** Format: date-time */
            ends_at: null | string;
            time_zone: null | string;
            color: null | string;
            /** Format: double */
            credits: null | number;
            /** Format: int32 */
            version: null | number;
        };
        UpdateFamilyRequest: {
            name: null | string;
            members: null | components["schemas"]["FamilyMember"][];
            /** Format: int32 */
            version: null | number;
        };
        UpdateGroupRequest: {
            name: null | string;
            /** Format: int32 */
            size_limit: null | number;
            /** Format: int32 */
            version: null | number;
        };
        UpdateGroupSetRequest: {
            name: null | string;
            self_sign_up: boolean;
            /** Format: int32 */
            size_limit: null | number;
            /** Format: int32 */
            version: null | number;
        };
        UpdateProfileRequest: {
            name: null | string;
            sortable_name: null | string;
            pronouns: null | string;
            locale: null | string;
            time_zone: null | string;
            /** Format: int32 */
            version: null | number;
        };
        UpdateSectionRequest: {
            name: null | string;
            /** Format: date-time */
            starts_at: null | string;
            /** Format: date-time */
            ends_at: null | string;
            /** Format: int32 */
            version: null | number;
        };
        UpdateTermRequest: {
            name: null | string;
            /** Format: date-time */
            starts_at: null | string;
            /** Format: date-time */
            ends_at: null | string;
            /** Format: int32 */
            version: null | number;
        };
        UpdateUserRequest: {
            name: null | string;
            sortable_name: null | string;
            email: null | string;
            login_name: null | string;
            sis_id: null | string;
            pronouns: null | string;
            locale: null | string;
            time_zone: null | string;
            /** Format: int32 */
            version: null | number;
        };
        UploadPart: {
            /** Format: int32 */
            number: number;
            url: string;
            /** @default false */
            arrived: boolean;
        };
        UsedPasses: {
            assignment_id: components["schemas"]["AssignmentId"];
            /** Format: int32 */
            count: number;
        };
        UseLatePassesRequest: {
            /** Format: int32 */
            count: number;
            /** Format: int32 */
            version: null | number;
        };
        /** Format: int64 */
        UserId: number;
        /** @enum {unknown} */
        UserState: "active" | "suspended" | "deleted";
        UseSavedCommentRequest: {
            /** Format: double */
            percent: null | number;
        };
        ViewFilters: {
            search?: null | string;
            /** Format: int64 */
            section_id?: null | number;
            /** Format: int64 */
            group_id?: null | number;
            state?: null | components["schemas"]["ViewState"];
            order?: null | components["schemas"]["ViewOrder"];
            formula?: null | string;
            formula_title?: null | string;
        };
        /** @enum {unknown} */
        ViewOrder: "highest" | "lowest" | null;
        /** @enum {unknown} */
        ViewState: "missing" | "late" | "ungraded" | "hidden" | "resubmitted" | null;
        WaitingLearner: {
            user_id: components["schemas"]["UserId"];
            name: string;
            sortable_name: string;
            /** Format: double */
            score: null | number;
            /** Format: int32 */
            level: null | number;
        };
        WebAnnotation: {
            "@context": string;
            id: string;
            type: string;
            motivation: string;
            bodyValue: string;
            target: components["schemas"]["WebTarget"];
        };
        WebTarget: {
            source: string;
            selector: components["schemas"]["Selector"][];
        };
        /** @enum {unknown} */
        Weighting: "none" | "points" | "percent";
        WorkForm: {
            type?: null | components["schemas"]["SubmissionType"];
            body_text?: null | string;
            url?: null | string;
            file_ids?: number[];
            answers?: null | {
                [key: string]: string;
            };
            /** Format: int32 */
            version?: null | number;
        };
        WorkGroup: {
            group_id: components["schemas"]["GroupId"];
            name: string;
            members: components["schemas"]["GroupMate"][];
        };
        /** @enum {unknown} */
        WorkStatus: "computed" | "on_time" | "late" | "missing" | "excused" | "extended" | null;
        WorkView: {
            assignment_id: components["schemas"]["AssignmentId"];
            user_id: components["schemas"]["UserId"];
            title: string;
            /** Format: double */
            points_possible: number;
            /** Format: date-time */
            unlocks_at: null | string;
            /** Format: date-time */
            due_at: null | string;
            /** Format: date-time */
            locks_at: null | string;
            standing: components["schemas"]["MyStanding"];
            attempts: components["schemas"]["SubmissionView"][];
            comments: components["schemas"]["CommentView"][];
            remarks_wait: boolean;
            grade: null | components["schemas"]["ShownGrade"];
            kept: null | components["schemas"]["KeptAttempts"];
            assessment: null | components["schemas"]["AssessmentView"];
            regrade: null | components["schemas"]["RegradeRequest"];
            returned: null | components["schemas"]["Revision"];
            is_group_work: boolean;
            group: null | components["schemas"]["WorkGroup"];
            mates: null | components["schemas"]["MateGrade"][];
            marks: components["schemas"]["QuestionMark"][];
            /** @default false */
            withheld: boolean;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
