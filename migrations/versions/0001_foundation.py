"""The tables of the main job"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("object_kind", sa.String(), nullable=False),
        sa.Column("object_id", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entries_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entries_at"), ["at"], unique=False)
        batch_op.create_index("ix_audit_entries_object", ["object_kind", "object_id"], unique=False)

    op.create_table(
        "campaigns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("legal_basis", sa.String(), nullable=False),
        sa.Column("plan_name", sa.String(), nullable=True),
        sa.Column("plan_sha256", sa.String(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("rides", sa.JSON(none_as_null=True), nullable=True),
        sa.Column(
            "publication_delay_days",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "publication_group",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
    )
    with op.batch_alter_table("campaigns", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaigns_state"), ["state"], unique=False)

    op.create_table(
        "case_serials",
        sa.Column(
            "year",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("last", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_case_serials")),
    )
    op.create_table(
        "checklists",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklists")),
        sa.UniqueConstraint("code", name=op.f("uq_checklists_code")),
    )
    op.create_table(
        "custody_keys",
        sa.Column("kid", sa.String(), nullable=False),
        sa.Column("public", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("established_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed_private", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("kid", name=op.f("pk_custody_keys")),
    )
    op.create_table(
        "deletions",
        sa.Column("certificate_sha256", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("keys", sa.JSON(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("certificate", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("certificate_sha256", name=op.f("pk_deletions")),
    )
    with op.batch_alter_table("deletions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deletions_removed_at"), ["removed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_deletions_sha256"), ["sha256"], unique=False)

    op.create_table(
        "inspectors",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("alias", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspectors")),
        sa.UniqueConstraint("alias", name=op.f("uq_inspectors_alias")),
    )
    op.create_table(
        "log_alarms",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("promised_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", "sha256", name=op.f("pk_log_alarms")),
    )
    op.create_table(
        "log_checkpoints",
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("root", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_log_checkpoints")),
    )
    op.create_table(
        "log_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("leaf_hash", sa.String(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_entries")),
        sa.UniqueConstraint(
            "kind", "subject", "sha256", name=op.f("uq_log_entries_kind_subject_sha256")
        ),
        sa.UniqueConstraint("position", name=op.f("uq_log_entries_position")),
    )
    with op.batch_alter_table("log_entries", schema=None) as batch_op:
        batch_op.create_index("ix_log_entries_sha256", ["sha256"], unique=False)
        batch_op.create_index("ix_log_entries_subject", ["subject", "kind"], unique=False)

    op.create_table(
        "media",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("bytes", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decoded_state", sa.String(), nullable=False),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("found_mime", sa.String(), nullable=True),
        sa.Column("kind_mismatch", sa.Boolean(), nullable=False),
        sa.Column("width", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("height", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("phash", sa.String(), nullable=True),
        sa.Column("exif", sa.JSON(), nullable=True),
        sa.Column("tile_secret", sa.String(), nullable=True),
        sa.Column("tile_root", sa.String(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_media")),
    )
    with op.batch_alter_table("media", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_media_phash"), ["phash"], unique=False)

    op.create_table(
        "media_hashes",
        sa.Column("band", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("band", "value", "hash", name=op.f("pk_media_hashes")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "notice_serials",
        sa.Column("series", sa.String(), nullable=False),
        sa.Column(
            "year",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("last", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("series", "year", name=op.f("pk_notice_serials")),
    )
    op.create_table(
        "office_keys",
        sa.Column("kid", sa.String(), nullable=False),
        sa.Column("jwk", sa.JSON(), nullable=False),
        sa.Column("introduction", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("kid", name=op.f("pk_office_keys")),
    )
    op.create_table(
        "outbox_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fault", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_events")),
    )
    with op.batch_alter_table("outbox_events", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_events_waiting", ["finished_at", "due_at"], unique=False)

    op.create_table(
        "receipt_salts",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("salt", sa.String(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_receipt_salts_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt_salts")),
    )
    op.create_table(
        "sign_in_failures",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_sha256", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failures")),
    )
    with op.batch_alter_table("sign_in_failures", schema=None) as batch_op:
        batch_op.create_index(
            "ix_sign_in_failures_subject_at", ["subject_sha256", "at"], unique=False
        )

    op.create_table(
        "sign_in_places",
        sa.Column("subject_sha256", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("subject_sha256", name=op.f("pk_sign_in_places")),
    )
    op.create_table(
        "units",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["units.id"], name=op.f("fk_units_parent_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("code", name=op.f("uq_units_code")),
    )
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_units_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_units_path"), ["path"], unique=False)

    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("factor_waived", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("username", name=op.f("uq_users_username")),
    )
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_users_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "alerts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("object_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_alerts_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(["seen_by"], ["users.id"], name=op.f("fk_alerts_seen_by_users")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_alerts_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint("kind", "object_id", name=op.f("uq_alerts_kind_object_id")),
    )
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.create_index("ix_alerts_listed", ["campaign_id", "at", "id"], unique=False)

    op.create_table(
        "approval_matters",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=False),
        sa.Column(
            "legal_working_days",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "promised_working_days",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "paused_working_days",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("promised_until", sa.Date(), nullable=False),
        sa.Column("legal_until", sa.Date(), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("lead_post", sa.String(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("flow", sa.String(), nullable=False),
        sa.Column("excessive", sa.Boolean(), nullable=False),
        sa.Column("colour", sa.String(), nullable=False),
        sa.CheckConstraint(
            "colour IN ('', 'blue', 'yellow', 'red')", name=op.f("ck_approval_matters_colour")
        ),
        sa.CheckConstraint(
            "flow IN ('', 'parallel', 'early', 'serial')", name=op.f("ck_approval_matters_flow")
        ),
        sa.CheckConstraint(
            "finished_on IS NULL OR finished_on >= accepted_on",
            name=op.f("ck_approval_matters_order"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_approval_matters_campaign_id_campaigns"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_approval_matters_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_matters")),
        sa.UniqueConstraint(
            "campaign_id",
            "unit_id",
            "number",
            name=op.f("uq_approval_matters_campaign_id_unit_id_number"),
        ),
    )
    with op.batch_alter_table("approval_matters", schema=None) as batch_op:
        batch_op.create_index(
            "ix_approval_matters_listed", ["campaign_id", "promised_until", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_approval_matters_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "campaign_actors",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_actors_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_campaign_actors_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "actor", "unit_id", name=op.f("pk_campaign_actors")),
    )
    op.create_table(
        "campaign_goal_readings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("goal", sa.String(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("read_by", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_campaign_goal_readings_campaign_id_campaigns"),
        ),
        sa.ForeignKeyConstraint(
            ["read_by"], ["users.id"], name=op.f("fk_campaign_goal_readings_read_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_goal_readings")),
    )
    with op.batch_alter_table("campaign_goal_readings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_campaign_goal_readings_campaign_id"), ["campaign_id"], unique=False
        )

    op.create_table(
        "campaign_stage_marks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("count", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("marked_by", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_campaign_stage_marks_campaign_id_campaigns"),
        ),
        sa.ForeignKeyConstraint(
            ["marked_by"], ["users.id"], name=op.f("fk_campaign_stage_marks_marked_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_stage_marks")),
        sa.UniqueConstraint(
            "campaign_id",
            "stage",
            "kind",
            "code",
            name=op.f("uq_campaign_stage_marks_campaign_id_stage_kind_code"),
        ),
    )
    with op.batch_alter_table("campaign_stage_marks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_campaign_stage_marks_campaign_id"), ["campaign_id"], unique=False
        )

    op.create_table(
        "campaign_stages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=True),
        sa.Column("to_day", sa.Date(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_stages_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["users.id"], name=op.f("fk_campaign_stages_entered_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_stages")),
        sa.UniqueConstraint(
            "campaign_id", "code", name=op.f("uq_campaign_stages_campaign_id_code")
        ),
    )
    with op.batch_alter_table("campaign_stages", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_campaign_stages_campaign_id"), ["campaign_id"], unique=False
        )

    op.create_table(
        "campaign_themes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_themes_campaign_id_campaigns")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_themes")),
        sa.UniqueConstraint(
            "campaign_id", "code", name=op.f("uq_campaign_themes_campaign_id_code")
        ),
    )
    with op.batch_alter_table("campaign_themes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_campaign_themes_campaign_id"), ["campaign_id"], unique=False
        )

    op.create_table(
        "campaign_topics",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("raised_by", sa.String(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_topics_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["users.id"], name=op.f("fk_campaign_topics_decided_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["users.id"], name=op.f("fk_campaign_topics_entered_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_topics")),
    )
    with op.batch_alter_table("campaign_topics", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_campaign_topics_campaign_id"), ["campaign_id"], unique=False
        )

    op.create_table(
        "case_bulletins",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("achievements", sa.JSON(), nullable=False),
        sa.Column(
            "problems_percent", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("by_user", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_user"], ["users.id"], name=op.f("fk_case_bulletins_by_user_users")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_case_bulletins_campaign_id_campaigns")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_bulletins")),
    )
    with op.batch_alter_table("case_bulletins", schema=None) as batch_op:
        batch_op.create_index("ix_case_bulletins_listed", ["campaign_id", "at", "id"], unique=False)

    op.create_table(
        "checklist_versions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("checklist_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["checklist_id"],
            ["checklists.id"],
            name=op.f("fk_checklist_versions_checklist_id_checklists"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_versions")),
        sa.UniqueConstraint(
            "checklist_id", "version", name=op.f("uq_checklist_versions_checklist_id_version")
        ),
    )
    with op.batch_alter_table("checklist_versions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_checklist_versions_checklist_id"), ["checklist_id"], unique=False
        )

    op.create_table(
        "custody_shares",
        sa.Column("kid", sa.String(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("wrapped", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["kid"], ["custody_keys.kid"], name=op.f("fk_custody_shares_kid_custody_keys")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_custody_shares_user_id_users")
        ),
        sa.PrimaryKeyConstraint("kid", "user_id", name=op.f("pk_custody_shares")),
    )
    op.create_table(
        "devices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("jwk", sa.JSON(), nullable=False),
        sa.Column("thumbprint", sa.String(), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_seen_on", sa.Date(), nullable=True),
        sa.Column("app_version", sa.String(), nullable=True),
        sa.Column("unsent", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["inspector_id"], ["inspectors.id"], name=op.f("fk_devices_inspector_id_inspectors")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")),
        sa.UniqueConstraint("thumbprint", name=op.f("uq_devices_thumbprint")),
    )
    with op.batch_alter_table("devices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_devices_inspector_id"), ["inspector_id"], unique=False)

    op.create_table(
        "document_templates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_document_templates_version")),
        sa.ForeignKeyConstraint(
            ["made_by"], ["users.id"], name=op.f("fk_document_templates_made_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["users.id"], name=op.f("fk_document_templates_published_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_templates")),
        sa.UniqueConstraint("kind", "version", name=op.f("uq_document_templates_kind_version")),
    )
    op.create_table(
        "draws",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("inspectors_salt", sa.String(), nullable=False),
        sa.Column("entropy", sa.String(), nullable=True),
        sa.Column("witness", sa.String(), nullable=True),
        sa.Column("checklists", sa.JSON(), nullable=False),
        sa.Column("objects_frame", sa.JSON(), nullable=False),
        sa.Column("inspectors_frame", sa.JSON(), nullable=False),
        sa.Column("commitment", sa.JSON(), nullable=False),
        sa.Column("objects_file", sa.String(), nullable=True),
        sa.Column("inspectors_file", sa.String(), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_draws_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["draws.id"], name=op.f("fk_draws_replaces_id_draws")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draws")),
    )
    with op.batch_alter_table("draws", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draws_campaign_id"), ["campaign_id"], unique=False)

    op.create_table(
        "enrolment_tokens",
        sa.Column("token_sha256", sa.String(), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("preconfirmed", sa.Boolean(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["inspector_id"],
            ["inspectors.id"],
            name=op.f("fk_enrolment_tokens_inspector_id_inspectors"),
        ),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_enrolment_tokens")),
    )
    with op.batch_alter_table("enrolment_tokens", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_enrolment_tokens_inspector_id"), ["inspector_id"], unique=False
        )

    op.create_table(
        "factor_resets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["users.id"], name=op.f("fk_factor_resets_asked_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["users.id"], name=op.f("fk_factor_resets_confirmed_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_factor_resets_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_factor_resets")),
    )
    with op.batch_alter_table("factor_resets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_factor_resets_user_id"), ["user_id"], unique=False)

    op.create_table(
        "inspector_conflicts",
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspector_id"],
            ["inspectors.id"],
            name=op.f("fk_inspector_conflicts_inspector_id_inspectors"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_inspector_conflicts_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("inspector_id", "unit_id", name=op.f("pk_inspector_conflicts")),
    )
    op.create_table(
        "ladder_facts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("by_user", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(trim(basis)) > 0", name=op.f("ck_ladder_facts_basis")),
        sa.ForeignKeyConstraint(
            ["by_user"], ["users.id"], name=op.f("fk_ladder_facts_by_user_users")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_ladder_facts_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_ladder_facts_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder_facts")),
    )
    with op.batch_alter_table("ladder_facts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_ladder_facts_unit_id", ["campaign_id", "unit_id", "code"], unique=False
        )

    op.create_table(
        "ladder_unit_rules",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("ladder", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("by_user", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_user"], ["users.id"], name=op.f("fk_ladder_unit_rules_by_user_users")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_ladder_unit_rules_campaign_id_campaigns"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_ladder_unit_rules_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder_unit_rules")),
    )
    with op.batch_alter_table("ladder_unit_rules", schema=None) as batch_op:
        batch_op.create_index(
            "ix_ladder_unit_rules_unit_id", ["campaign_id", "unit_id"], unique=False
        )

    op.create_table(
        "ledger_views",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name=op.f("fk_ledger_views_owner_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_views")),
        sa.UniqueConstraint("owner_id", "name", name=op.f("uq_ledger_views_owner_id_name")),
    )
    op.create_table(
        "legal_holds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("object_kind", sa.String(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lift_reason", sa.String(), nullable=True),
        sa.Column("lifted_by", sa.Uuid(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["lifted_by"], ["users.id"], name=op.f("fk_legal_holds_lifted_by_users")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["users.id"], name=op.f("fk_legal_holds_set_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_holds")),
    )
    with op.batch_alter_table("legal_holds", schema=None) as batch_op:
        batch_op.create_index("ix_legal_holds_object_id", ["object_id", "lifted_at"], unique=False)

    op.create_table(
        "log_stamps",
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("certificates", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("stamped_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["size"], ["log_checkpoints.size"], name=op.f("fk_log_stamps_size_log_checkpoints")
        ),
        sa.PrimaryKeyConstraint("size", "authority", name=op.f("pk_log_stamps")),
    )
    op.create_table(
        "notification_channels",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("hint", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pending", sa.JSON(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("tested_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_success_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_failure_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_failure", sa.String(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('mail', 'dingtalk', 'wecom', 'feishu', 'webhook')",
            name=op.f("ck_notification_channels_kind"),
        ),
        sa.CheckConstraint("length(hint) <= 4", name=op.f("ck_notification_channels_hint")),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_notification_channels_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification_channels")),
    )
    with op.batch_alter_table("notification_channels", schema=None) as batch_op:
        batch_op.create_index("ix_notification_channels_due_at", ["due_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_notification_channels_user_id"), ["user_id"], unique=False
        )

    op.create_table(
        "notification_wishes",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column(
            "digest_hour", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "quiet_from", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "quiet_until", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("quiet_days_off", sa.Boolean(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.CheckConstraint(
            "mode IN ('at_once', 'digest')", name=op.f("ck_notification_wishes_mode")
        ),
        sa.CheckConstraint(
            "digest_hour BETWEEN 0 AND 23", name=op.f("ck_notification_wishes_digest_hour")
        ),
        sa.CheckConstraint(
            "quiet_from BETWEEN 0 AND 23 AND quiet_until BETWEEN 0 AND 23",
            name=op.f("ck_notification_wishes_quiet_hours"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_notification_wishes_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_notification_wishes")),
    )
    op.create_table(
        "outbox_deliveries",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("handler", sa.String(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["outbox_events.id"],
            name=op.f("fk_outbox_deliveries_event_id_outbox_events"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "handler", name=op.f("pk_outbox_deliveries")),
    )
    op.create_table(
        "packs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("selector", sa.JSON(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("failure_details", sa.JSON(), nullable=False),
        sa.Column("pack_name", sa.String(), nullable=True),
        sa.Column("tagmanifest_sha256", sa.String(), nullable=True),
        sa.Column("bytes", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column(
            "record_count", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "bytes_done", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "bytes_total", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["users.id"], name=op.f("fk_packs_requested_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packs")),
    )
    with op.batch_alter_table("packs", schema=None) as batch_op:
        batch_op.create_index("ix_packs_requested_at", ["requested_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_packs_requested_by"), ["requested_by"], unique=False)

    op.create_table(
        "passkeys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("credential_id", sa.String(), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column(
            "sign_count", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_passkeys_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkeys")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkeys_credential_id")),
    )
    with op.batch_alter_table("passkeys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passkeys_user_id"), ["user_id"], unique=False)

    op.create_table(
        "records",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("checklist_version_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=True),
        sa.Column("assignment_id", sa.Uuid(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("newest_sha256", sa.String(), nullable=False),
        sa.Column("decided_sha256", sa.String(), nullable=True),
        sa.Column("points", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("quarantined", sa.Boolean(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspector_id"], ["inspectors.id"], name=op.f("fk_records_inspector_id_inspectors")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records")),
    )
    with op.batch_alter_table("records", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_records_assignment_id"), ["assignment_id"], unique=False
        )
        batch_op.create_index(
            "ix_records_campaign_id_state", ["campaign_id", "state"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_records_inspector_id"), ["inspector_id"], unique=False)
        batch_op.create_index("ix_records_received_at", ["received_at", "id"], unique=False)
        batch_op.create_index(
            "ix_records_site_id",
            ["site_id", "state", "outcome", "day", "campaign_id", "unit_id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_records_state_day",
            ["state", "day", "outcome", "campaign_id", "unit_id", "points", "checklist_version_id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_records_state_received_at", ["state", "received_at"], unique=False
        )
        batch_op.create_index(
            "ix_records_unit_id",
            ["unit_id", "state", "outcome", "day", "campaign_id", "points"],
            unique=False,
        )

    op.create_table(
        "recovery_codes",
        sa.Column("code_sha256", sa.String(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_recovery_codes_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("code_sha256", name=op.f("pk_recovery_codes")),
    )
    with op.batch_alter_table("recovery_codes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_codes_user_id"), ["user_id"], unique=False)

    op.create_table(
        "result_releases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("drafted_by", sa.Uuid(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawal_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(signed_by IS NULL) = (published_at IS NULL)", name=op.f("ck_result_releases_signed")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawal_reason IS NULL)",
            name=op.f("ck_result_releases_withdrawn_with_reason"),
        ),
        sa.CheckConstraint(
            "signed_by IS NULL OR signed_by <> drafted_by",
            name=op.f("ck_result_releases_four_eyes"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_result_releases_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by"], ["users.id"], name=op.f("fk_result_releases_drafted_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by"], ["users.id"], name=op.f("fk_result_releases_signed_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_releases")),
    )
    with op.batch_alter_table("result_releases", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_result_releases_campaign_id"), ["campaign_id"], unique=False
        )
        batch_op.create_index("ix_result_releases_drafted_at", ["drafted_at", "id"], unique=False)

    op.create_table(
        "rulebook_versions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("loaded_by", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_rulebook_versions_campaign_id_campaigns"),
        ),
        sa.ForeignKeyConstraint(
            ["loaded_by"], ["users.id"], name=op.f("fk_rulebook_versions_loaded_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rulebook_versions")),
        sa.UniqueConstraint(
            "campaign_id", "version", name=op.f("uq_rulebook_versions_campaign_id_version")
        ),
    )
    with op.batch_alter_table("rulebook_versions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_rulebook_versions_campaign_id"), ["campaign_id"], unique=False
        )

    op.create_table(
        "sealed_persons",
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("box", sa.String(), nullable=False),
        sa.Column("sealed_by", sa.Uuid(), nullable=True),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspector_id"],
            ["inspectors.id"],
            name=op.f("fk_sealed_persons_inspector_id_inspectors"),
        ),
        sa.ForeignKeyConstraint(
            ["sealed_by"], ["users.id"], name=op.f("fk_sealed_persons_sealed_by_users")
        ),
        sa.PrimaryKeyConstraint("inspector_id", name=op.f("pk_sealed_persons")),
    )
    op.create_table(
        "sites",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("lat_e7", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("lon_e7", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("radius_m", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("capture", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "(lat_e7 IS NULL) = (lon_e7 IS NULL) AND (lat_e7 IS NULL) = (radius_m IS NULL)",
            name=op.f("ck_sites_position_complete"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_sites_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sites")),
    )
    with op.batch_alter_table("sites", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sites_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "supervisor_mandates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("capacity", sa.String(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (end_reason IS NULL)",
            name=op.f("ck_supervisor_mandates_ended_with_reason"),
        ),
        sa.CheckConstraint("to_day >= from_day", name=op.f("ck_supervisor_mandates_days")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_supervisor_mandates_campaign_id_campaigns"),
        ),
        sa.ForeignKeyConstraint(
            ["given_by"], ["users.id"], name=op.f("fk_supervisor_mandates_given_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["inspector_id"],
            ["inspectors.id"],
            name=op.f("fk_supervisor_mandates_inspector_id_inspectors"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervisor_mandates")),
        sa.UniqueConstraint(
            "inspector_id",
            "campaign_id",
            name=op.f("uq_supervisor_mandates_inspector_id_campaign_id"),
        ),
    )
    with op.batch_alter_table("supervisor_mandates", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_supervisor_mandates_campaign_id"), ["campaign_id"], unique=False
        )

    op.create_table(
        "totp_factors",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("box", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "last_step", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_totp_factors_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_totp_factors")),
    )
    op.create_table(
        "user_sessions",
        sa.Column("token_sha256", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("csrf_token", sa.String(), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("challenge", sa.String(), nullable=True),
        sa.Column("challenge_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_user_sessions_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_user_sessions")),
        sa.UniqueConstraint("id", name=op.f("uq_user_sessions_id")),
    )
    with op.batch_alter_table("user_sessions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_user_sessions_expires_at"), ["expires_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_user_sessions_user_id"), ["user_id"], unique=False)

    op.create_table(
        "assignments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("checklist_version_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("draw_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_assignments_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(
            ["checklist_version_id"],
            ["checklist_versions.id"],
            name=op.f("fk_assignments_checklist_version_id_checklist_versions"),
        ),
        sa.ForeignKeyConstraint(
            ["draw_id"], ["draws.id"], name=op.f("fk_assignments_draw_id_draws")
        ),
        sa.ForeignKeyConstraint(
            ["inspector_id"], ["inspectors.id"], name=op.f("fk_assignments_inspector_id_inspectors")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_assignments_site_id_sites")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_assignments_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
    )
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assignments_campaign_id"), ["campaign_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_assignments_draw_id"), ["draw_id"], unique=False)
        batch_op.create_index(
            "ix_assignments_inspector_id_state", ["inspector_id", "state"], unique=False
        )

    op.create_table(
        "ballot_boxes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("rulebook_version_id", sa.Uuid(), nullable=False),
        sa.Column("appraisal", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("paper", sa.JSON(), nullable=False),
        sa.Column(
            "threshold", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("public_key", sa.String(), nullable=True),
        sa.Column("charter", sa.JSON(), nullable=True),
        sa.Column("seal", sa.JSON(), nullable=True),
        sa.Column("digests", sa.JSON(), nullable=True),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=False),
        sa.Column("set_up_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_ballot_boxes_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(
            ["rulebook_version_id"],
            ["rulebook_versions.id"],
            name=op.f("fk_ballot_boxes_rulebook_version_id_rulebook_versions"),
        ),
        sa.ForeignKeyConstraint(
            ["set_up_by"], ["users.id"], name=op.f("fk_ballot_boxes_set_up_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_boxes")),
    )
    with op.batch_alter_table("ballot_boxes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ballot_boxes_campaign_id"), ["campaign_id"], unique=False
        )

    op.create_table(
        "campaign_checklists",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("checklist_version_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_campaign_checklists_campaign_id_campaigns"),
        ),
        sa.ForeignKeyConstraint(
            ["checklist_version_id"],
            ["checklist_versions.id"],
            name=op.f("fk_campaign_checklists_checklist_version_id_checklist_versions"),
        ),
        sa.PrimaryKeyConstraint(
            "campaign_id", "checklist_version_id", name=op.f("pk_campaign_checklists")
        ),
    )
    op.create_table(
        "campaign_theme_units",
        sa.Column("theme_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["theme_id"],
            ["campaign_themes.id"],
            name=op.f("fk_campaign_theme_units_theme_id_campaign_themes"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_campaign_theme_units_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("theme_id", "unit_id", name=op.f("pk_campaign_theme_units")),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("theme_id", sa.Uuid(), nullable=True),
        sa.Column("rulebook_version_id", sa.Uuid(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("class", sa.String(), nullable=False),
        sa.Column("public_explanation", sa.String(), nullable=False),
        sa.Column("responsible", sa.String(), nullable=False),
        sa.Column("raised_by", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("horizon", sa.String(), nullable=False),
        sa.Column("key_item", sa.Boolean(), nullable=False),
        sa.Column("fast_track", sa.Boolean(), nullable=False),
        sa.Column("effort", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("gravity", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("recurring", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("outcome_text", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("defence_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("defence_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reply_sha256", sa.String(), nullable=True),
        sa.Column("raiser_reply_sha256", sa.String(), nullable=True),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.Column("split_from_id", sa.Uuid(), nullable=True),
        sa.Column("referred_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("referred_to", sa.String(), nullable=True),
        sa.Column("revision", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_cases_closed_at")
        ),
        sa.CheckConstraint(
            "(state = 'closed') = (reply_sha256 IS NOT NULL)",
            name=op.f("ck_cases_closed_needs_reply"),
        ),
        sa.CheckConstraint(
            "(state = 'merged') = (merged_into_id IS NOT NULL)", name=op.f("ck_cases_merged")
        ),
        sa.CheckConstraint(
            "(state = 'referred') = (referred_at IS NOT NULL)", name=op.f("ck_cases_referred")
        ),
        sa.CheckConstraint(
            "class <> 'step_by_step' OR length(trim(public_explanation)) > 0",
            name=op.f("ck_cases_step_by_step_needs_explanation"),
        ),
        sa.CheckConstraint(
            "class IN ('at_once', 'by_date', 'step_by_step')", name=op.f("ck_cases_class")
        ),
        sa.CheckConstraint("horizon IN ('short', 'long')", name=op.f("ck_cases_horizon")),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome IN ('pointed_out', 'circulated', 'handled')",
            name=op.f("ck_cases_outcome"),
        ),
        sa.CheckConstraint(
            "source IN ('visit', 'complaint', 'clue', 'superior', 'self_reported', 'media')",
            name=op.f("ck_cases_source"),
        ),
        sa.CheckConstraint(
            "state <> 'closed' OR source IN ('visit', 'self_reported') OR raiser_reply_sha256 IS NOT NULL",
            name=op.f("ck_cases_closed_needs_raiser_reply"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'answered', 'paused', 'rectified', 'closed', 'merged', 'referred')",
            name=op.f("ck_cases_state"),
        ),
        sa.CheckConstraint(
            "due_at > opened_at AND defence_until > opened_at",
            name=op.f("ck_cases_deadlines_ahead"),
        ),
        sa.CheckConstraint(
            "effort BETWEEN 1 AND 3 AND gravity BETWEEN 1 AND 3", name=op.f("ck_cases_sort_keys")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_cases_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["cases.id"], name=op.f("fk_cases_merged_into_id_cases")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_cases_owner_id_users")),
        sa.ForeignKeyConstraint(
            ["rulebook_version_id"],
            ["rulebook_versions.id"],
            name=op.f("fk_cases_rulebook_version_id_rulebook_versions"),
        ),
        sa.ForeignKeyConstraint(
            ["split_from_id"], ["cases.id"], name=op.f("fk_cases_split_from_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["campaign_themes.id"], name=op.f("fk_cases_theme_id_campaign_themes")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_cases_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("number", name=op.f("uq_cases_number")),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cases_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index("ix_cases_class", ["class", "state", "due_at"], unique=False)
        batch_op.create_index("ix_cases_class_due_at", ["class", "due_at", "id"], unique=False)
        batch_op.create_index("ix_cases_due_at", ["due_at", "id"], unique=False)
        batch_op.create_index("ix_cases_effort", ["effort", "due_at", "id"], unique=False)
        batch_op.create_index("ix_cases_gravity", ["gravity", "due_at", "id"], unique=False)
        batch_op.create_index("ix_cases_horizon", ["horizon", "state", "due_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_cases_merged_into_id"), ["merged_into_id"], unique=False
        )
        batch_op.create_index("ix_cases_moved_at", ["moved_at", "id"], unique=False)
        batch_op.create_index("ix_cases_opened_at", ["opened_at", "id"], unique=False)
        batch_op.create_index("ix_cases_owner_id", ["owner_id", "state", "due_at"], unique=False)
        batch_op.create_index("ix_cases_source", ["source", "state", "due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_cases_split_from_id"), ["split_from_id"], unique=False)
        batch_op.create_index("ix_cases_state_due_at", ["state", "due_at", "id"], unique=False)
        batch_op.create_index("ix_cases_theme_id", ["theme_id", "state", "due_at"], unique=False)
        batch_op.create_index(
            "ix_cases_unit_id_state", ["unit_id", "state", "due_at"], unique=False
        )

    op.create_table(
        "chain_links",
        sa.Column("link_sha256", sa.String(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("prev", sa.String(), nullable=True),
        sa.Column("certificate_sha256", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"], ["devices.id"], name=op.f("fk_chain_links_device_id_devices")
        ),
        sa.PrimaryKeyConstraint("link_sha256", name=op.f("pk_chain_links")),
    )
    with op.batch_alter_table("chain_links", schema=None) as batch_op:
        batch_op.create_index("ix_chain_links_device_id_prev", ["device_id", "prev"], unique=False)
        batch_op.create_index("ix_chain_links_device_id_seq", ["device_id", "seq"], unique=False)

    op.create_table(
        "claim_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("rulebook_version_id", sa.Uuid(), nullable=True),
        sa.Column("checklist_version_id", sa.Uuid(), nullable=False),
        sa.Column("checklist_id", sa.Uuid(), nullable=False),
        sa.Column("call", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("to_day >= from_day", name=op.f("ck_claim_requests_period")),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["users.id"], name=op.f("fk_claim_requests_asked_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_claim_requests_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(
            ["checklist_id"],
            ["checklists.id"],
            name=op.f("fk_claim_requests_checklist_id_checklists"),
        ),
        sa.ForeignKeyConstraint(
            ["checklist_version_id"],
            ["checklist_versions.id"],
            name=op.f("fk_claim_requests_checklist_version_id_checklist_versions"),
        ),
        sa.ForeignKeyConstraint(
            ["rulebook_version_id"],
            ["rulebook_versions.id"],
            name=op.f("fk_claim_requests_rulebook_version_id_rulebook_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_requests")),
    )
    with op.batch_alter_table("claim_requests", schema=None) as batch_op:
        batch_op.create_index(
            "ix_claim_requests_campaign_id", ["campaign_id", "asked_at", "id"], unique=False
        )

    op.create_table(
        "cycle_periods",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("rulebook_version_id", sa.Uuid(), nullable=False),
        sa.Column("duty", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("total", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("missed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fulfilled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'fulfilled', 'missed', 'late', 'void')",
            name=op.f("ck_cycle_periods_state"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_cycle_periods_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(
            ["rulebook_version_id"],
            ["rulebook_versions.id"],
            name=op.f("fk_cycle_periods_rulebook_version_id_rulebook_versions"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_cycle_periods_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle_periods")),
        sa.UniqueConstraint("campaign_id", "key", name=op.f("uq_cycle_periods_campaign_id_key")),
    )
    with op.batch_alter_table("cycle_periods", schema=None) as batch_op:
        batch_op.create_index(
            "ix_cycle_periods_listed", ["campaign_id", "due_at", "id"], unique=False
        )
        batch_op.create_index("ix_cycle_periods_state", ["state", "due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_cycle_periods_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "device_nonces",
        sa.Column("nonce_sha256", sa.String(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"],
            ["devices.id"],
            name=op.f("fk_device_nonces_device_id_devices"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("nonce_sha256", name=op.f("pk_device_nonces")),
    )
    with op.batch_alter_table("device_nonces", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_device_nonces_expires_at"), ["expires_at"], unique=False
        )

    op.create_table(
        "device_tokens",
        sa.Column("token_sha256", sa.String(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"],
            ["devices.id"],
            name=op.f("fk_device_tokens_device_id_devices"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_device_tokens")),
    )
    with op.batch_alter_table("device_tokens", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_device_tokens_device_id"), ["device_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_device_tokens_expires_at"), ["expires_at"], unique=False
        )

    op.create_table(
        "disclosures",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("with_certificates", sa.Boolean(), nullable=False),
        sa.Column("with_witnesses", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("open_reason", sa.String(), nullable=True),
        sa.Column("opened_by", sa.Uuid(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("document", sa.JSON(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("released", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["users.id"], name=op.f("fk_disclosures_asked_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["inspector_id"], ["inspectors.id"], name=op.f("fk_disclosures_inspector_id_inspectors")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["users.id"], name=op.f("fk_disclosures_opened_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["records.id"], name=op.f("fk_disclosures_record_id_records")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosures")),
    )
    with op.batch_alter_table("disclosures", schema=None) as batch_op:
        batch_op.create_index("ix_disclosures_asked_at", ["asked_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_disclosures_record_id"), ["record_id"], unique=False)

    op.create_table(
        "ladder_measures",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("rulebook_version_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("nature", sa.String(), nullable=False),
        sa.Column("ladder", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("step_kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("skips", sa.Boolean(), nullable=False),
        sa.Column("skip_reason", sa.String(), nullable=False),
        sa.Column("skip_approval", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_note", sa.String(), nullable=False),
        sa.Column("enforced_by", sa.Uuid(), nullable=True),
        sa.Column("in_force_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ending", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(nature = 'sanction') = (position IS NOT NULL)",
            name=op.f("ck_ladder_measures_position"),
        ),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_by IS NULL)", name=op.f("ck_ladder_measures_decided")
        ),
        sa.CheckConstraint(
            "NOT skips OR length(trim(skip_reason)) > 0 AND (state IN ('proposed', 'rejected') OR length(trim(skip_approval)) > 0)",
            name=op.f("ck_ladder_measures_skips_with_reasons"),
        ),
        sa.CheckConstraint(
            "nature IN ('sanction', 'reward')", name=op.f("ck_ladder_measures_nature")
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'approved', 'rejected', 'in_force', 'done', 'lifted')",
            name=op.f("ck_ladder_measures_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('in_force', 'done') OR in_force_at IS NOT NULL",
            name=op.f("ck_ladder_measures_in_force_at"),
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> proposed_by",
            name=op.f("ck_ladder_measures_second_person"),
        ),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_ladder_measures_reason")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_ladder_measures_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["users.id"], name=op.f("fk_ladder_measures_decided_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["users.id"], name=op.f("fk_ladder_measures_ended_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["enforced_by"], ["users.id"], name=op.f("fk_ladder_measures_enforced_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["users.id"], name=op.f("fk_ladder_measures_proposed_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["rulebook_version_id"],
            ["rulebook_versions.id"],
            name=op.f("fk_ladder_measures_rulebook_version_id_rulebook_versions"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_ladder_measures_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder_measures")),
    )
    with op.batch_alter_table("ladder_measures", schema=None) as batch_op:
        batch_op.create_index(
            "ix_ladder_measures_campaign_id", ["campaign_id", "state"], unique=False
        )
        batch_op.create_index(
            "ix_ladder_measures_state", ["state", "proposed_at", "id"], unique=False
        )
        batch_op.create_index("ix_ladder_measures_unit_id", ["unit_id", "state"], unique=False)

    op.create_table(
        "media_claims",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("declared_mime", sa.String(), nullable=True),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["device_id"], ["devices.id"], name=op.f("fk_media_claims_device_id_devices")
        ),
        sa.ForeignKeyConstraint(
            ["inspector_id"],
            ["inspectors.id"],
            name=op.f("fk_media_claims_inspector_id_inspectors"),
        ),
        sa.PrimaryKeyConstraint("owner_id", "inspector_id", "sha256", name=op.f("pk_media_claims")),
    )
    with op.batch_alter_table("media_claims", schema=None) as batch_op:
        batch_op.create_index("ix_media_claims_sha256_held_at", ["sha256", "held_at"], unique=False)

    op.create_table(
        "notices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("template_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("year", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("serial", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("drafted_by", sa.Uuid(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_by", sa.Uuid(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("check_remark", sa.String(), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_reason", sa.String(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pdf_sha256", sa.String(), nullable=True),
        sa.Column("docx_sha256", sa.String(), nullable=True),
        sa.Column("office_kid", sa.String(), nullable=True),
        sa.Column("original_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("revision", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "(audience = 'unit') = (unit_id IS NOT NULL)", name=op.f("ck_notices_unit_reads")
        ),
        sa.CheckConstraint(
            "(state IN ('draft', 'in_approval')) = (approved_by IS NULL)",
            name=op.f("ck_notices_approval"),
        ),
        sa.CheckConstraint(
            "(state IN ('published', 'corrected', 'withdrawn')) = (docx_sha256 IS NOT NULL)",
            name=op.f("ck_notices_issued_has_docx"),
        ),
        sa.CheckConstraint(
            "(state IN ('published', 'corrected', 'withdrawn')) = (number IS NOT NULL)",
            name=op.f("ck_notices_issued_has_number"),
        ),
        sa.CheckConstraint(
            "(state IN ('published', 'corrected', 'withdrawn')) = (pdf_sha256 IS NOT NULL)",
            name=op.f("ck_notices_issued_has_pdf"),
        ),
        sa.CheckConstraint(
            "(state IN ('published', 'corrected', 'withdrawn')) = (published_at IS NOT NULL)",
            name=op.f("ck_notices_issued_has_time"),
        ),
        sa.CheckConstraint(
            "(number IS NULL) = (year IS NULL) AND (number IS NULL) = (serial IS NULL)",
            name=op.f("ck_notices_number_whole"),
        ),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_by <> drafted_by", name=op.f("ck_notices_four_eyes")
        ),
        sa.CheckConstraint(
            "approved_by IS NULL OR checked_by IS NOT NULL", name=op.f("ck_notices_checked_first")
        ),
        sa.CheckConstraint(
            "checked_by IS NULL OR checked_by <> drafted_by",
            name=op.f("ck_notices_check_by_another"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["users.id"], name=op.f("fk_notices_approved_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_notices_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(
            ["checked_by"], ["users.id"], name=op.f("fk_notices_checked_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by"], ["users.id"], name=op.f("fk_notices_drafted_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["original_id"], ["notices.id"], name=op.f("fk_notices_original_id_notices")
        ),
        sa.ForeignKeyConstraint(
            ["template_id"],
            ["document_templates.id"],
            name=op.f("fk_notices_template_id_document_templates"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_notices_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("number", name=op.f("uq_notices_number")),
        sa.UniqueConstraint("series", "year", "serial", name=op.f("uq_notices_series_year_serial")),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notices_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notices_original_id"), ["original_id"], unique=False)
        batch_op.create_index(
            "ix_notices_state_published_at", ["state", "published_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_notices_template_id"), ["template_id"], unique=False)
        batch_op.create_index(
            "ix_notices_unit_id_state", ["unit_id", "state", "published_at"], unique=False
        )

    op.create_table(
        "picture_decisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("original_sha256", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("rectangles", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("png_sha256", sa.String(), nullable=False),
        sa.Column(
            "png_bytes", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("proof_key", sa.String(), nullable=True),
        sa.Column("reviewer_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("details_salt", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["original_sha256"],
            ["media.sha256"],
            name=op.f("fk_picture_decisions_original_sha256_media"),
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["records.id"], name=op.f("fk_picture_decisions_record_id_records")
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["users.id"], name=op.f("fk_picture_decisions_reviewer_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture_decisions")),
    )
    with op.batch_alter_table("picture_decisions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_picture_decisions_record_id_original_sha256",
            ["record_id", "original_sha256"],
            unique=False,
        )

    op.create_table(
        "record_versions",
        sa.Column("record_sha256", sa.String(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("supersedes", sa.String(), nullable=True),
        sa.Column("sdjwt", sa.String(), nullable=False),
        sa.Column("clear", sa.JSON(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("jkt", sa.String(), nullable=False),
        sa.Column("certificate_box", sa.String(), nullable=False),
        sa.Column("certificate_commitment", sa.String(), nullable=False),
        sa.Column("link_sha256", sa.String(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("quarantined", sa.Boolean(), nullable=False),
        sa.Column("score", sa.JSON(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("log_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["device_id"], ["devices.id"], name=op.f("fk_record_versions_device_id_devices")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["records.id"], name=op.f("fk_record_versions_record_id_records")
        ),
        sa.PrimaryKeyConstraint("record_sha256", name=op.f("pk_record_versions")),
        sa.UniqueConstraint(
            "record_id", "number", name=op.f("uq_record_versions_record_id_number")
        ),
    )
    with op.batch_alter_table("record_versions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_record_versions_jkt"), ["jkt"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_record_versions_link_sha256"), ["link_sha256"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_record_versions_log_by"), ["log_by"], unique=False)

    op.create_table(
        "register_rows",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("rulebook_version_id", sa.Uuid(), nullable=False),
        sa.Column("register", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("unique_key", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("overdue_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("filed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("moved_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_register_rows_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["users.id"], name=op.f("fk_register_rows_changed_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["filed_by"], ["users.id"], name=op.f("fk_register_rows_filed_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["moved_by"], ["users.id"], name=op.f("fk_register_rows_moved_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["rulebook_version_id"],
            ["rulebook_versions.id"],
            name=op.f("fk_register_rows_rulebook_version_id_rulebook_versions"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_register_rows_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_rows")),
        sa.UniqueConstraint(
            "campaign_id",
            "register",
            "unique_key",
            name=op.f("uq_register_rows_campaign_id_register_unique_key"),
        ),
    )
    with op.batch_alter_table("register_rows", schema=None) as batch_op:
        batch_op.create_index(
            "ix_register_rows_due_at", ["due_at", "overdue_told_at"], unique=False
        )
        batch_op.create_index(
            "ix_register_rows_listed", ["campaign_id", "register", "state", "due_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_register_rows_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "score_runs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("rulebook_version_id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("figures_sha256", sa.String(), nullable=False),
        sa.Column("computed_by", sa.Uuid(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_note", sa.String(), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(state = 'draft') = (decided_by IS NULL)", name=op.f("ck_score_runs_decided")
        ),
        sa.CheckConstraint(
            "(state = 'published') = (published_at IS NOT NULL)",
            name=op.f("ck_score_runs_published"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'rejected', 'signed', 'published')",
            name=op.f("ck_score_runs_state"),
        ),
        sa.CheckConstraint(
            "(corrects_id IS NULL) = (length(trim(reason)) = 0)",
            name=op.f("ck_score_runs_corrected_with_reason"),
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> computed_by",
            name=op.f("ck_score_runs_second_person"),
        ),
        sa.CheckConstraint("since <= until", name=op.f("ck_score_runs_days")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_score_runs_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(
            ["computed_by"], ["users.id"], name=op.f("fk_score_runs_computed_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["score_runs.id"], name=op.f("fk_score_runs_corrects_id_score_runs")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["users.id"], name=op.f("fk_score_runs_decided_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["users.id"], name=op.f("fk_score_runs_published_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["rulebook_version_id"],
            ["rulebook_versions.id"],
            name=op.f("fk_score_runs_rulebook_version_id_rulebook_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_runs")),
    )
    with op.batch_alter_table("score_runs", schema=None) as batch_op:
        batch_op.create_index(
            "ix_score_runs_campaign_id", ["campaign_id", "scheme", "state"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_score_runs_published_at"), ["published_at"], unique=False
        )
        batch_op.create_index(
            "uq_score_runs_corrects_id",
            ["corrects_id"],
            unique=True,
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )

    op.create_table(
        "survey_rounds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("rulebook_version_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("form", sa.JSON(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("frame_sha256", sa.String(), nullable=True),
        sa.Column("secret", sa.String(), nullable=True),
        sa.Column("commitment", sa.JSON(), nullable=True),
        sa.Column("entropy", sa.String(), nullable=True),
        sa.Column("witness", sa.String(), nullable=True),
        sa.Column("sample_sha256", sa.String(), nullable=True),
        sa.Column("box_sha256", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "state = 'draft' OR frame_sha256 IS NOT NULL",
            name=op.f("ck_survey_rounds_frozen_frame"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'frozen', 'open', 'closed', 'approved', 'published')",
            name=op.f("ck_survey_rounds_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('closed', 'approved', 'published') OR box_sha256 IS NOT NULL",
            name=op.f("ck_survey_rounds_closed_box"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["users.id"], name=op.f("fk_survey_rounds_approved_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_survey_rounds_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["users.id"], name=op.f("fk_survey_rounds_closed_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_survey_rounds_created_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["users.id"], name=op.f("fk_survey_rounds_opened_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["rulebook_version_id"],
            ["rulebook_versions.id"],
            name=op.f("fk_survey_rounds_rulebook_version_id_rulebook_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_rounds")),
        sa.UniqueConstraint("campaign_id", "code", name=op.f("uq_survey_rounds_campaign_id_code")),
    )
    with op.batch_alter_table("survey_rounds", schema=None) as batch_op:
        batch_op.create_index("ix_survey_rounds_closes_at", ["state", "closes_at"], unique=False)

    op.create_table(
        "ballot_slips",
        sa.Column("code_sha256", sa.String(), nullable=False),
        sa.Column("box_id", sa.Uuid(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("spoilt_because", sa.String(), nullable=False),
        sa.Column("mac", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["box_id"], ["ballot_boxes.id"], name=op.f("fk_ballot_slips_box_id_ballot_boxes")
        ),
        sa.PrimaryKeyConstraint("code_sha256", name=op.f("pk_ballot_slips")),
        sa.UniqueConstraint("box_id", "number", name=op.f("uq_ballot_slips_box_id_number")),
    )
    with op.batch_alter_table("ballot_slips", schema=None) as batch_op:
        batch_op.create_index("ix_ballot_slips_counted", ["box_id", "group", "state"], unique=False)

    op.create_table(
        "ballot_witnesses",
        sa.Column("box_id", sa.Uuid(), nullable=False),
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("wrapped", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["box_id"], ["ballot_boxes.id"], name=op.f("fk_ballot_witnesses_box_id_ballot_boxes")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_ballot_witnesses_user_id_users")
        ),
        sa.PrimaryKeyConstraint("box_id", "number", name=op.f("pk_ballot_witnesses")),
        sa.UniqueConstraint("box_id", "user_id", name=op.f("uq_ballot_witnesses_box_id_user_id")),
    )
    op.create_table(
        "case_recurrences",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("earlier_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_recurrences_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["earlier_id"], ["cases.id"], name=op.f("fk_case_recurrences_earlier_id_cases")
        ),
        sa.PrimaryKeyConstraint("case_id", "earlier_id", "item", name=op.f("pk_case_recurrences")),
    )
    with op.batch_alter_table("case_recurrences", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_case_recurrences_earlier_id"), ["earlier_id"], unique=False
        )

    op.create_table(
        "case_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column(
            "working_days", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("unit_ids", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'extension') = (working_days IS NOT NULL)",
            name=op.f("ck_case_requests_working_days"),
        ),
        sa.CheckConstraint(
            "(state = 'open') = (decided_by IS NULL) AND (state = 'open') = (decided_at IS NULL) AND (state = 'open' OR length(trim(note)) > 0)",
            name=op.f("ck_case_requests_decided_with_note"),
        ),
        sa.CheckConstraint(
            "kind IN ('extension', 'pause', 'coordination', 'escalation', 'bounce', 'explanation')",
            name=op.f("ck_case_requests_kind"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'granted', 'refused')", name=op.f("ck_case_requests_state")
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> asked_by",
            name=op.f("ck_case_requests_second_person"),
        ),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_case_requests_reason")),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["users.id"], name=op.f("fk_case_requests_asked_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_requests_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["users.id"], name=op.f("fk_case_requests_decided_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_requests")),
    )
    with op.batch_alter_table("case_requests", schema=None) as batch_op:
        batch_op.create_index("ix_case_requests_case_id", ["case_id", "asked_at"], unique=False)
        batch_op.create_index("ix_case_requests_state", ["state", "due_at", "id"], unique=False)
        batch_op.create_index(
            "uq_case_requests_waiting",
            ["case_id", "kind"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "case_revisits",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("matches", sa.Boolean(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("looked_by", sa.Uuid(), nullable=True),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(matches IS NULL) = (looked_at IS NULL) AND (matches IS NULL) = (looked_by IS NULL)",
            name=op.f("ck_case_revisits_looked"),
        ),
        sa.CheckConstraint(
            "matches IS NULL OR length(trim(text)) > 0",
            name=op.f("ck_case_revisits_says_something"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["users.id"], name=op.f("fk_case_revisits_asked_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_revisits_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["looked_by"], ["users.id"], name=op.f("fk_case_revisits_looked_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_revisits")),
    )
    with op.batch_alter_table("case_revisits", schema=None) as batch_op:
        batch_op.create_index("ix_case_revisits_case_id", ["case_id", "asked_at"], unique=False)

    op.create_table(
        "case_shares",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("degree", sa.String(), nullable=False),
        sa.Column("duty", sa.String(), nullable=False),
        sa.CheckConstraint(
            "degree IN ('primary', 'secondary', 'unresolved')", name=op.f("ck_case_shares_degree")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_shares_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_case_shares_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("case_id", "unit_id", name=op.f("pk_case_shares")),
    )
    with op.batch_alter_table("case_shares", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_shares_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "case_statements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("by_user", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("origin_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('defence', 'rectification', 'reminder', 'insufficient', 'reply', 'raiser_reply')",
            name=op.f("ck_case_statements_kind"),
        ),
        sa.CheckConstraint(
            "length(trim(text)) > 0", name=op.f("ck_case_statements_says_something")
        ),
        sa.ForeignKeyConstraint(
            ["by_user"], ["users.id"], name=op.f("fk_case_statements_by_user_users")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_statements_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["origin_id"],
            ["case_statements.id"],
            name=op.f("fk_case_statements_origin_id_case_statements"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_case_statements_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_statements")),
    )
    with op.batch_alter_table("case_statements", schema=None) as batch_op:
        batch_op.create_index("ix_case_statements_case_id_at", ["case_id", "at"], unique=False)

    op.create_table(
        "case_steps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('unit', 'office', 'paused')", name=op.f("ck_case_steps_kind")),
        sa.CheckConstraint(
            "(unit_id IS NULL) <> (user_id IS NULL)", name=op.f("ck_case_steps_one_holder")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_steps_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_case_steps_unit_id_units")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_case_steps_user_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_steps")),
    )
    with op.batch_alter_table("case_steps", schema=None) as batch_op:
        batch_op.create_index("ix_case_steps_case_id", ["case_id", "began_at"], unique=False)
        batch_op.create_index(
            "uq_case_steps_present",
            ["case_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "case_tasks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("watched_by", sa.String(), nullable=False),
        sa.Column("accountability", sa.String(), nullable=False),
        sa.Column("leaf", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("proof", sa.String(), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'open') = (ended_at IS NULL) AND (state = 'open') = (ended_by IS NULL)",
            name=op.f("ck_case_tasks_ended"),
        ),
        sa.CheckConstraint(
            "level IN ('unit', 'project', 'post', 'person')", name=op.f("ck_case_tasks_level")
        ),
        sa.CheckConstraint(
            "state <> 'done' OR length(trim(proof)) > 0", name=op.f("ck_case_tasks_done_with_proof")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'done', 'dropped')", name=op.f("ck_case_tasks_state")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_tasks_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["users.id"], name=op.f("fk_case_tasks_ended_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["case_tasks.id"], name=op.f("fk_case_tasks_parent_id_case_tasks")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_case_tasks_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_tasks")),
    )
    with op.batch_alter_table("case_tasks", schema=None) as batch_op:
        batch_op.create_index("ix_case_tasks_case_id", ["case_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_tasks_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index("ix_case_tasks_state", ["state", "due_at", "id"], unique=False)
        batch_op.create_index("ix_case_tasks_unit_id", ["unit_id", "state", "due_at"], unique=False)

    op.create_table(
        "claim_sheets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "signed_version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("revision", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["claim_requests.id"],
            name=op.f("fk_claim_sheets_request_id_claim_requests"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_claim_sheets_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_sheets")),
        sa.UniqueConstraint(
            "request_id", "unit_id", name=op.f("uq_claim_sheets_request_id_unit_id")
        ),
    )
    with op.batch_alter_table("claim_sheets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_sheets_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "complaint_clusters",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("rulebook_version_id", sa.Uuid(), nullable=True),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("proposal", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("revision", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "(state = 'approved') = (case_id IS NOT NULL)",
            name=op.f("ck_complaint_clusters_approved_has_case"),
        ),
        sa.CheckConstraint(
            "(state IN ('approved', 'dismissed')) = (decided_by IS NOT NULL)",
            name=op.f("ck_complaint_clusters_decided"),
        ),
        sa.CheckConstraint(
            "state IN ('found', 'proposed', 'approved', 'dismissed')",
            name=op.f("ck_complaint_clusters_state"),
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> proposed_by",
            name=op.f("ck_complaint_clusters_second_person"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_complaint_clusters_campaign_id_campaigns"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_complaint_clusters_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["users.id"], name=op.f("fk_complaint_clusters_decided_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["users.id"], name=op.f("fk_complaint_clusters_proposed_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["rulebook_version_id"],
            ["rulebook_versions.id"],
            name=op.f("fk_complaint_clusters_rulebook_version_id_rulebook_versions"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_complaint_clusters_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_clusters")),
    )
    with op.batch_alter_table("complaint_clusters", schema=None) as batch_op:
        batch_op.create_index(
            "ix_complaint_clusters_found_at", ["campaign_id", "found_at", "id"], unique=False
        )

    op.create_table(
        "complaints",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("rulebook_version_id", sa.Uuid(), nullable=True),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("happened", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("text_for_unit", sa.String(), nullable=False),
        sa.Column("hints", sa.JSON(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("informant_box", sa.String(), nullable=True),
        sa.Column("taken_by", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("site_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_step", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finish_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("extension", sa.String(), nullable=False),
        sa.Column("near_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("overdue_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("verdict_reason", sa.String(), nullable=False),
        sa.Column("verdict_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("satisfaction", sa.String(), nullable=True),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.Column("informant_erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words_erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "(state = 'merged') = (merged_into_id IS NOT NULL)", name=op.f("ck_complaints_merged")
        ),
        sa.CheckConstraint(
            "(state IN ('declined', 'replied', 'merged')) = (due_at IS NULL)",
            name=op.f("ck_complaints_due_until_ended"),
        ),
        sa.CheckConstraint(
            "channel IN ('page', 'phone', 'letterbox', 'reception_day', 'leader_visit')",
            name=op.f("ck_complaints_channel"),
        ),
        sa.CheckConstraint(
            "extension IN ('', 'asked', 'granted', 'refused')", name=op.f("ck_complaints_extension")
        ),
        sa.CheckConstraint(
            "kind IN ('petition', 'complaint', 'report', 'opinion')",
            name=op.f("ck_complaints_kind"),
        ),
        sa.CheckConstraint(
            "satisfaction IS NULL OR satisfaction IN ('satisfied', 'dissatisfied')",
            name=op.f("ck_complaints_satisfaction"),
        ),
        sa.CheckConstraint(
            "state <> 'replied' OR replied_at IS NOT NULL", name=op.f("ck_complaints_replied_at")
        ),
        sa.CheckConstraint(
            "state IN ('received', 'accepted', 'declined', 'transferred', 'answered', 'in_case', 'replied', 'merged')",
            name=op.f("ck_complaints_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('transferred', 'answered') OR (unit_id IS NOT NULL AND length(trim(text_for_unit)) > 0)",
            name=op.f("ck_complaints_unit_reads_its_text"),
        ),
        sa.CheckConstraint(
            "verdict IS NULL OR verdict IN ('verified', 'unfounded', 'not_verifiable')",
            name=op.f("ck_complaints_verdict"),
        ),
        sa.CheckConstraint(
            "(named AND informant_erased_at IS NULL) = (informant_box IS NOT NULL)",
            name=op.f("ck_complaints_named_is_sealed"),
        ),
        sa.CheckConstraint(
            "(verdict IS NULL) = (verdict_at IS NULL)", name=op.f("ck_complaints_verdict_at")
        ),
        sa.CheckConstraint(
            "(words_erased_at IS NULL) = (length(trim(text)) > 0)",
            name=op.f("ck_complaints_says_something"),
        ),
        sa.CheckConstraint(
            "verdict IS NULL OR length(trim(verdict_reason)) > 0",
            name=op.f("ck_complaints_verdict_needs_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_complaints_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_complaints_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"],
            ["complaints.id"],
            name=op.f("fk_complaints_merged_into_id_complaints"),
        ),
        sa.ForeignKeyConstraint(
            ["rulebook_version_id"],
            ["rulebook_versions.id"],
            name=op.f("fk_complaints_rulebook_version_id_rulebook_versions"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_complaints_site_id_sites")
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"], ["users.id"], name=op.f("fk_complaints_taken_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_complaints_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaints")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_complaints_code_hash")),
        sa.UniqueConstraint("number", name=op.f("uq_complaints_number")),
    )
    with op.batch_alter_table("complaints", schema=None) as batch_op:
        batch_op.create_index(
            "ix_complaints_campaign_id", ["campaign_id", "state", "due_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_complaints_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "ix_complaints_counted", ["campaign_id", "verdict", "verdict_at"], unique=False
        )
        batch_op.create_index("ix_complaints_due_at", ["due_at", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_complaints_merged_into_id"), ["merged_into_id"], unique=False
        )
        batch_op.create_index("ix_complaints_received_at", ["received_at", "id"], unique=False)
        batch_op.create_index(
            "ix_complaints_unit_id_state", ["unit_id", "state", "due_at"], unique=False
        )

    op.create_table(
        "cycle_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("period_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("count", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("by_user", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_user"], ["users.id"], name=op.f("fk_cycle_entries_by_user_users")
        ),
        sa.ForeignKeyConstraint(
            ["period_id"],
            ["cycle_periods.id"],
            name=op.f("fk_cycle_entries_period_id_cycle_periods"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle_entries")),
    )
    with op.batch_alter_table("cycle_entries", schema=None) as batch_op:
        batch_op.create_index("ix_cycle_entries_period_id", ["period_id", "at"], unique=False)

    op.create_table(
        "decisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("record_sha256", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("remarks", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("reviewer_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("details_salt", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["records.id"], name=op.f("fk_decisions_record_id_records")
        ),
        sa.ForeignKeyConstraint(
            ["record_sha256"],
            ["record_versions.record_sha256"],
            name=op.f("fk_decisions_record_sha256_record_versions"),
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["users.id"], name=op.f("fk_decisions_reviewer_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.create_index("ix_decisions_record_id_at", ["record_id", "at"], unique=False)

    op.create_table(
        "ladder_measure_cases",
        sa.Column("measure_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("ladder", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_ladder_measure_cases_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"],
            ["ladder_measures.id"],
            name=op.f("fk_ladder_measure_cases_measure_id_ladder_measures"),
        ),
        sa.PrimaryKeyConstraint("measure_id", "case_id", name=op.f("pk_ladder_measure_cases")),
    )
    with op.batch_alter_table("ladder_measure_cases", schema=None) as batch_op:
        batch_op.create_index(
            "uq_ladder_measure_cases_step",
            ["case_id", "ladder", "position"],
            unique=True,
            sqlite_where=sa.text("live"),
            postgresql_where=sa.text("live"),
        )

    op.create_table(
        "ladder_referrals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_by IS NULL)", name=op.f("ck_ladder_referrals_decided")
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'approved', 'rejected')", name=op.f("ck_ladder_referrals_state")
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> proposed_by",
            name=op.f("ck_ladder_referrals_second_person"),
        ),
        sa.CheckConstraint("length(trim(basis)) > 0", name=op.f("ck_ladder_referrals_basis")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_ladder_referrals_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["users.id"], name=op.f("fk_ladder_referrals_decided_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["users.id"], name=op.f("fk_ladder_referrals_proposed_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder_referrals")),
    )
    with op.batch_alter_table("ladder_referrals", schema=None) as batch_op:
        batch_op.create_index(
            "uq_ladder_referrals_live",
            ["case_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'rejected'"),
            postgresql_where=sa.text("state <> 'rejected'"),
        )

    op.create_table(
        "ladder_reviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("measure_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decide_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column(
            "lightened_to", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("correction", sa.String(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "outcome IS NULL OR (outcome = 'upheld') = (lightened_to IS NULL)",
            name=op.f("ck_ladder_reviews_lightened"),
        ),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome IN ('upheld', 'lightened', 'lifted')",
            name=op.f("ck_ladder_reviews_outcome"),
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (decided_by IS NULL) AND (outcome IS NULL) = (decided_at IS NULL)",
            name=op.f("ck_ladder_reviews_decided"),
        ),
        sa.CheckConstraint("length(trim(text)) > 0", name=op.f("ck_ladder_reviews_says_something")),
        sa.CheckConstraint(
            "lightened_to IS NULL OR lightened_to < position",
            name=op.f("ck_ladder_reviews_never_harsher"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["users.id"], name=op.f("fk_ladder_reviews_asked_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["users.id"], name=op.f("fk_ladder_reviews_decided_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"],
            ["ladder_measures.id"],
            name=op.f("fk_ladder_reviews_measure_id_ladder_measures"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder_reviews")),
        sa.UniqueConstraint("measure_id", name=op.f("uq_ladder_reviews_measure_id")),
    )
    with op.batch_alter_table("ladder_reviews", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ladder_reviews_decided_at"), ["decided_at"], unique=False
        )

    op.create_table(
        "notice_authors",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_notice_authors_notice_id_notices")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_notice_authors_user_id_users")
        ),
        sa.PrimaryKeyConstraint("notice_id", "user_id", name=op.f("pk_notice_authors")),
    )
    op.create_table(
        "notice_cases",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_notice_cases_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_notice_cases_notice_id_notices")
        ),
        sa.PrimaryKeyConstraint("notice_id", "case_id", name=op.f("pk_notice_cases")),
    )
    with op.batch_alter_table("notice_cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_cases_case_id"), ["case_id"], unique=False)

    op.create_table(
        "notice_receipts",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("signed_by", sa.Uuid(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_notice_receipts_notice_id_notices")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by"], ["users.id"], name=op.f("fk_notice_receipts_signed_by_users")
        ),
        sa.PrimaryKeyConstraint("notice_id", name=op.f("pk_notice_receipts")),
    )
    op.create_table(
        "notification_deadlines",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("news", sa.String(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_notification_deadlines_case_id_cases"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "case_id", "due_at", "news", name=op.f("pk_notification_deadlines")
        ),
    )
    op.create_table(
        "press_packs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("headline", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("drafted_by", sa.Uuid(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("evidence_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(approved_by IS NULL) = (approved_at IS NULL)", name=op.f("ck_press_packs_approved")
        ),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_by <> drafted_by",
            name=op.f("ck_press_packs_four_eyes"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["users.id"], name=op.f("fk_press_packs_approved_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by"], ["users.id"], name=op.f("fk_press_packs_drafted_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["packs.id"], name=op.f("fk_press_packs_evidence_id_packs")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_press_packs_notice_id_notices")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_press_packs")),
    )
    with op.batch_alter_table("press_packs", schema=None) as batch_op:
        batch_op.create_index("ix_press_packs_drafted_at", ["drafted_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_press_packs_notice_id"), ["notice_id"], unique=False)

    op.create_table(
        "record_flags",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("record_sha256", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_sha256"],
            ["record_versions.record_sha256"],
            name=op.f("fk_record_flags_record_sha256_record_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_flags")),
        sa.UniqueConstraint(
            "record_sha256", "code", name=op.f("uq_record_flags_record_sha256_code")
        ),
    )
    with op.batch_alter_table("record_flags", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_record_flags_code"), ["code"], unique=False)

    op.create_table(
        "record_returns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("record_sha256", sa.String(), nullable=False),
        sa.Column("remarks", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["records.id"], name=op.f("fk_record_returns_record_id_records")
        ),
        sa.ForeignKeyConstraint(
            ["record_sha256"],
            ["record_versions.record_sha256"],
            name=op.f("fk_record_returns_record_sha256_record_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_returns")),
    )
    with op.batch_alter_table("record_returns", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_record_returns_record_id"), ["record_id"], unique=False
        )

    op.create_table(
        "register_row_versions",
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_user", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_user"], ["users.id"], name=op.f("fk_register_row_versions_by_user_users")
        ),
        sa.ForeignKeyConstraint(
            ["row_id"],
            ["register_rows.id"],
            name=op.f("fk_register_row_versions_row_id_register_rows"),
        ),
        sa.PrimaryKeyConstraint("row_id", "number", name=op.f("pk_register_row_versions")),
    )
    op.create_table(
        "review_claims",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("record_sha256", sa.String(), nullable=False),
        sa.Column("reviewer_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["records.id"], name=op.f("fk_review_claims_record_id_records")
        ),
        sa.ForeignKeyConstraint(
            ["record_sha256"],
            ["record_versions.record_sha256"],
            name=op.f("fk_review_claims_record_sha256_record_versions"),
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["users.id"], name=op.f("fk_review_claims_reviewer_id_users")
        ),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_review_claims")),
    )
    op.create_table(
        "rule_breaches",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("rulebook_version_id", sa.Uuid(), nullable=False),
        sa.Column("rule_set", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("repeated", sa.Boolean(), nullable=False),
        sa.Column("defiant", sa.Boolean(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("alleged_by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(state = 'alleged') = (decided_at IS NULL)", name=op.f("ck_rule_breaches_decision")
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> alleged_by",
            name=op.f("ck_rule_breaches_four_eyes"),
        ),
        sa.ForeignKeyConstraint(
            ["alleged_by"], ["users.id"], name=op.f("fk_rule_breaches_alleged_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_rule_breaches_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_rule_breaches_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["users.id"], name=op.f("fk_rule_breaches_decided_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["rulebook_version_id"],
            ["rulebook_versions.id"],
            name=op.f("fk_rule_breaches_rulebook_version_id_rulebook_versions"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_rule_breaches_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_breaches")),
    )
    with op.batch_alter_table("rule_breaches", schema=None) as batch_op:
        batch_op.create_index(
            "ix_rule_breaches_campaign_id_unit_id", ["campaign_id", "unit_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_rule_breaches_case_id"), ["case_id"], unique=False)

    op.create_table(
        "score_consequences",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("ladder", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("reward", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("measure_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(case_id IS NULL) = (reward <> '')", name=op.f("ck_score_consequences_rests_on_case")
        ),
        sa.CheckConstraint(
            "(state = 'proposed') = (measure_id IS NOT NULL)",
            name=op.f("ck_score_consequences_proposed"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'proposed', 'dropped', 'void')",
            name=op.f("ck_score_consequences_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('dropped', 'void') OR length(trim(note)) > 0",
            name=op.f("ck_score_consequences_ended_with_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_score_consequences_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"],
            ["ladder_measures.id"],
            name=op.f("fk_score_consequences_measure_id_ladder_measures"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["score_runs.id"], name=op.f("fk_score_consequences_run_id_score_runs")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_score_consequences_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_consequences")),
        sa.UniqueConstraint(
            "run_id", "rule", "unit_id", name=op.f("uq_score_consequences_run_id_rule_unit_id")
        ),
    )
    op.create_table(
        "score_results",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("score", sa.String(), nullable=True),
        sa.Column("rank", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "ranked_of", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("worse", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("band", sa.String(), nullable=False),
        sa.Column("why_not", sa.String(), nullable=False),
        sa.Column("vetoes", sa.JSON(), nullable=False),
        sa.Column("explanation", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["score_runs.id"], name=op.f("fk_score_results_run_id_score_runs")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_score_results_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("run_id", "unit_id", name=op.f("pk_score_results")),
    )
    op.create_table(
        "supervision_cards",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("rulebook_version_id", sa.Uuid(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("colour", sa.String(), nullable=False),
        sa.Column("points", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("handler", sa.String(), nullable=False),
        sa.Column("dealt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=True),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "colour IN ('blue', 'yellow', 'red')", name=op.f("ck_supervision_cards_colour")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)",
            name=op.f("ck_supervision_cards_withdrawn_with_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_supervision_cards_campaign_id_campaigns"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_supervision_cards_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["approval_matters.id"],
            name=op.f("fk_supervision_cards_matter_id_approval_matters"),
        ),
        sa.ForeignKeyConstraint(
            ["rulebook_version_id"],
            ["rulebook_versions.id"],
            name=op.f("fk_supervision_cards_rulebook_version_id_rulebook_versions"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_supervision_cards_unit_id_units")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["users.id"], name=op.f("fk_supervision_cards_withdrawn_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_cards")),
        sa.UniqueConstraint(
            "matter_id", "colour", name=op.f("uq_supervision_cards_matter_id_colour")
        ),
    )
    with op.batch_alter_table("supervision_cards", schema=None) as batch_op:
        batch_op.create_index(
            "ix_supervision_cards_listed", ["campaign_id", "dealt_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_supervision_cards_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "survey_answers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["survey_rounds.id"],
            name=op.f("fk_survey_answers_round_id_survey_rounds"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_survey_answers_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answers")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("survey_answers", schema=None) as batch_op:
        batch_op.create_index("ix_survey_answers_round_id", ["round_id"], unique=False)

    op.create_table(
        "survey_paper_ballots",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state IN ('issued', 'once', 'differs', 'agreed', 'settled', 'spoilt')",
            name=op.f("ck_survey_paper_ballots_state"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["survey_rounds.id"],
            name=op.f("fk_survey_paper_ballots_round_id_survey_rounds"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_paper_ballots")),
        sa.UniqueConstraint(
            "round_id", "number", name=op.f("uq_survey_paper_ballots_round_id_number")
        ),
    )
    op.create_table(
        "survey_raters",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("stratum", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=True),
        sa.Column("drawn", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("failure", sa.String(), nullable=True),
        sa.CheckConstraint(
            "channel IN ('', 'token', 'message', 'paper')", name=op.f("ck_survey_raters_channel")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["survey_rounds.id"], name=op.f("fk_survey_raters_round_id_survey_rounds")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_raters")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_survey_raters_round_id_number")),
    )
    with op.batch_alter_table("survey_raters", schema=None) as batch_op:
        batch_op.create_index(
            "ix_survey_raters_listed", ["round_id", "group", "number"], unique=False
        )

    op.create_table(
        "survey_reopenings",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_survey_reopenings_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["survey_rounds.id"],
            name=op.f("fk_survey_reopenings_round_id_survey_rounds"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_survey_reopenings_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("round_id", "unit_id", name=op.f("pk_survey_reopenings")),
    )
    op.create_table(
        "uploads",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("length", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("upload_metadata", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["device_id"], ["devices.id"], name=op.f("fk_uploads_device_id_devices")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id", "inspector_id", "sha256"],
            ["media_claims.owner_id", "media_claims.inspector_id", "media_claims.sha256"],
            name="fk_uploads_media_claims",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
    )
    with op.batch_alter_table("uploads", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_uploads_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "witnesses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("record_sha256", sa.String(), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("jkt", sa.String(), nullable=False),
        sa.Column("certificate_box", sa.String(), nullable=False),
        sa.Column("link_sha256", sa.String(), nullable=False),
        sa.Column("quarantined", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"], ["devices.id"], name=op.f("fk_witnesses_device_id_devices")
        ),
        sa.ForeignKeyConstraint(
            ["inspector_id"], ["inspectors.id"], name=op.f("fk_witnesses_inspector_id_inspectors")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["records.id"], name=op.f("fk_witnesses_record_id_records")
        ),
        sa.ForeignKeyConstraint(
            ["record_sha256"],
            ["record_versions.record_sha256"],
            name=op.f("fk_witnesses_record_sha256_record_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_witnesses")),
        sa.UniqueConstraint(
            "record_sha256", "inspector_id", name=op.f("uq_witnesses_record_sha256_inspector_id")
        ),
    )
    with op.batch_alter_table("witnesses", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_witnesses_inspector_id"), ["inspector_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_witnesses_record_id"), ["record_id"], unique=False)

    op.create_table(
        "claim_questions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sheet_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("item_text", sa.String(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("judged_by", sa.Uuid(), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(case_id IS NOT NULL) = (verdict IS NOT NULL AND verdict = 'concealment')",
            name=op.f("ck_claim_questions_concealment_has_case"),
        ),
        sa.CheckConstraint(
            "verdict IS NULL OR verdict IN ('explained', 'concealment')",
            name=op.f("ck_claim_questions_word"),
        ),
        sa.CheckConstraint(
            "(verdict IS NULL) = (judged_at IS NULL) AND (verdict IS NULL) = (judged_by IS NULL) AND (verdict IS NULL) = (reason IS NULL)",
            name=op.f("ck_claim_questions_verdict_whole"),
        ),
        sa.CheckConstraint(
            "judged_by IS NULL OR judged_by <> asked_by", name=op.f("ck_claim_questions_four_eyes")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["users.id"], name=op.f("fk_claim_questions_answered_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["users.id"], name=op.f("fk_claim_questions_asked_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_claim_questions_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["judged_by"], ["users.id"], name=op.f("fk_claim_questions_judged_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["claim_sheets.id"], name=op.f("fk_claim_questions_sheet_id_claim_sheets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_questions")),
        sa.UniqueConstraint("sheet_id", "item", name=op.f("uq_claim_questions_sheet_id_item")),
    )
    with op.batch_alter_table("claim_questions", schema=None) as batch_op:
        batch_op.create_index("ix_claim_questions_asked_at", ["asked_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_questions_case_id"), ["case_id"], unique=False)

    op.create_table(
        "claim_versions",
        sa.Column("sheet_id", sa.Uuid(), nullable=False),
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("filed_by", sa.Uuid(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signatory", sa.String(), nullable=True),
        sa.Column("signed_by", sa.Uuid(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(signed_at IS NULL) = (signatory IS NULL) AND (signed_at IS NULL) = (signed_by IS NULL)",
            name=op.f("ck_claim_versions_signature"),
        ),
        sa.ForeignKeyConstraint(
            ["filed_by"], ["users.id"], name=op.f("fk_claim_versions_filed_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["claim_sheets.id"], name=op.f("fk_claim_versions_sheet_id_claim_sheets")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by"], ["users.id"], name=op.f("fk_claim_versions_signed_by_users")
        ),
        sa.PrimaryKeyConstraint("sheet_id", "number", name=op.f("pk_claim_versions")),
    )
    op.create_table(
        "complaint_cluster_members",
        sa.Column("cluster_id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cluster_id"],
            ["complaint_clusters.id"],
            name=op.f("fk_complaint_cluster_members_cluster_id_complaint_clusters"),
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"],
            ["complaints.id"],
            name=op.f("fk_complaint_cluster_members_complaint_id_complaints"),
        ),
        sa.PrimaryKeyConstraint(
            "cluster_id", "complaint_id", name=op.f("pk_complaint_cluster_members")
        ),
        sa.UniqueConstraint(
            "rule", "complaint_id", name=op.f("uq_complaint_cluster_members_rule_complaint_id")
        ),
    )
    op.create_table(
        "complaint_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("by_user", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('accepted', 'declined', 'transferred', 'unit_accepted', 'chased', 'answered', 'bounced', 'extension_asked', 'extended', 'extension_refused', 'verdict', 'case_opened', 'replied', 'words', 'satisfied', 'dissatisfied', 'merged', 'took_over', 'reopened')",
            name=op.f("ck_complaint_entries_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["by_user"], ["users.id"], name=op.f("fk_complaint_entries_by_user_users")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"],
            ["complaints.id"],
            name=op.f("fk_complaint_entries_complaint_id_complaints"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_complaint_entries_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_entries")),
        sa.UniqueConstraint(
            "complaint_id", "number", name=op.f("uq_complaint_entries_complaint_id_number")
        ),
    )
    op.create_table(
        "findings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("record_sha256", sa.String(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("site_id", sa.Uuid(), nullable=True),
        sa.Column("checklist_version_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("item_text", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("answer", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("points", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("veto", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("pictures", sa.JSON(), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["users.id"], name=op.f("fk_findings_confirmed_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_findings_decision_id_decisions")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["records.id"], name=op.f("fk_findings_record_id_records")
        ),
        sa.ForeignKeyConstraint(
            ["record_sha256"],
            ["record_versions.record_sha256"],
            name=op.f("fk_findings_record_sha256_record_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
        sa.UniqueConstraint("decision_id", "item", name=op.f("uq_findings_decision_id_item")),
    )
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.create_index("ix_findings_at", ["at"], unique=False)
        batch_op.create_index(
            "ix_findings_campaign_id_unit_id", ["campaign_id", "unit_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_findings_record_id"), ["record_id"], unique=False)
        batch_op.create_index(
            "ix_findings_site_id",
            ["site_id", "state", "day", "campaign_id", "unit_id", "veto"],
            unique=False,
        )
        batch_op.create_index(
            "ix_findings_state_day", ["state", "day", "campaign_id", "unit_id"], unique=False
        )
        batch_op.create_index(
            "ix_findings_unit_id", ["unit_id", "state", "day", "campaign_id", "veto"], unique=False
        )

    op.create_table(
        "informant_releases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("open_reason", sa.String(), nullable=True),
        sa.Column("opened_by", sa.Uuid(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(opened_by IS NULL) = (opened_at IS NULL)",
            name=op.f("ck_informant_releases_opened_at"),
        ),
        sa.CheckConstraint(
            "opened_by IS NULL OR opened_by <> asked_by",
            name=op.f("ck_informant_releases_second_person"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["users.id"], name=op.f("fk_informant_releases_asked_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"],
            ["complaints.id"],
            name=op.f("fk_informant_releases_complaint_id_complaints"),
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["users.id"], name=op.f("fk_informant_releases_opened_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_informant_releases")),
    )
    with op.batch_alter_table("informant_releases", schema=None) as batch_op:
        batch_op.create_index("ix_informant_releases_asked_at", ["asked_at", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_informant_releases_complaint_id"), ["complaint_id"], unique=False
        )

    op.create_table(
        "survey_paper_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("look", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("by_user", sa.Uuid(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.CheckConstraint("look BETWEEN 1 AND 3", name=op.f("ck_survey_paper_entries_look")),
        sa.ForeignKeyConstraint(
            ["ballot_id"],
            ["survey_paper_ballots.id"],
            name=op.f("fk_survey_paper_entries_ballot_id_survey_paper_ballots"),
        ),
        sa.ForeignKeyConstraint(
            ["by_user"], ["users.id"], name=op.f("fk_survey_paper_entries_by_user_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_paper_entries")),
        sa.UniqueConstraint(
            "ballot_id", "by_user", name=op.f("uq_survey_paper_entries_ballot_id_by_user")
        ),
        sa.UniqueConstraint(
            "ballot_id", "look", name=op.f("uq_survey_paper_entries_ballot_id_look")
        ),
    )
    op.create_table(
        "survey_tokens",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("rater_id", sa.Uuid(), nullable=True),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state IN ('issued', 'used', 'void')", name=op.f("ck_survey_tokens_state")
        ),
        sa.ForeignKeyConstraint(
            ["rater_id"], ["survey_raters.id"], name=op.f("fk_survey_tokens_rater_id_survey_raters")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["survey_rounds.id"], name=op.f("fk_survey_tokens_round_id_survey_rounds")
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_survey_tokens")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("survey_tokens", schema=None) as batch_op:
        batch_op.create_index(
            "ix_survey_tokens_counted", ["round_id", "group", "state"], unique=False
        )
        batch_op.create_index("ix_survey_tokens_rater_id", ["rater_id"], unique=False)

    op.create_table(
        "case_findings",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_findings_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name=op.f("fk_case_findings_finding_id_findings")
        ),
        sa.PrimaryKeyConstraint("case_id", "finding_id", name=op.f("pk_case_findings")),
        sa.UniqueConstraint("finding_id", name=op.f("uq_case_findings_finding_id")),
    )
    op.create_table(
        "notice_pictures",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.Column("original_sha256", sa.String(), nullable=False),
        sa.Column("png_sha256", sa.String(), nullable=False),
        sa.Column("caption", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name=op.f("fk_notice_pictures_finding_id_findings")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_notice_pictures_notice_id_notices")
        ),
        sa.PrimaryKeyConstraint("notice_id", "position", name=op.f("pk_notice_pictures")),
        sa.UniqueConstraint(
            "notice_id",
            "finding_id",
            "original_sha256",
            name=op.f("uq_notice_pictures_notice_id_finding_id_original_sha256"),
        ),
    )


def downgrade() -> None:
    op.drop_table("notice_pictures")
    op.drop_table("case_findings")
    with op.batch_alter_table("survey_tokens", schema=None) as batch_op:
        batch_op.drop_index("ix_survey_tokens_rater_id")
        batch_op.drop_index("ix_survey_tokens_counted")

    op.drop_table("survey_tokens")
    op.drop_table("survey_paper_entries")
    with op.batch_alter_table("informant_releases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_informant_releases_complaint_id"))
        batch_op.drop_index("ix_informant_releases_asked_at")

    op.drop_table("informant_releases")
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.drop_index("ix_findings_unit_id")
        batch_op.drop_index("ix_findings_state_day")
        batch_op.drop_index("ix_findings_site_id")
        batch_op.drop_index(batch_op.f("ix_findings_record_id"))
        batch_op.drop_index("ix_findings_campaign_id_unit_id")
        batch_op.drop_index("ix_findings_at")

    op.drop_table("findings")
    op.drop_table("complaint_entries")
    op.drop_table("complaint_cluster_members")
    op.drop_table("claim_versions")
    with op.batch_alter_table("claim_questions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_questions_case_id"))
        batch_op.drop_index("ix_claim_questions_asked_at")

    op.drop_table("claim_questions")
    with op.batch_alter_table("witnesses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_witnesses_record_id"))
        batch_op.drop_index(batch_op.f("ix_witnesses_inspector_id"))

    op.drop_table("witnesses")
    with op.batch_alter_table("uploads", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_uploads_expires_at"))

    op.drop_table("uploads")
    op.drop_table("survey_reopenings")
    with op.batch_alter_table("survey_raters", schema=None) as batch_op:
        batch_op.drop_index("ix_survey_raters_listed")

    op.drop_table("survey_raters")
    op.drop_table("survey_paper_ballots")
    with op.batch_alter_table("survey_answers", schema=None) as batch_op:
        batch_op.drop_index("ix_survey_answers_round_id")

    op.drop_table("survey_answers")
    with op.batch_alter_table("supervision_cards", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_supervision_cards_unit_id"))
        batch_op.drop_index("ix_supervision_cards_listed")

    op.drop_table("supervision_cards")
    op.drop_table("score_results")
    op.drop_table("score_consequences")
    with op.batch_alter_table("rule_breaches", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rule_breaches_case_id"))
        batch_op.drop_index("ix_rule_breaches_campaign_id_unit_id")

    op.drop_table("rule_breaches")
    op.drop_table("review_claims")
    op.drop_table("register_row_versions")
    with op.batch_alter_table("record_returns", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_record_returns_record_id"))

    op.drop_table("record_returns")
    with op.batch_alter_table("record_flags", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_record_flags_code"))

    op.drop_table("record_flags")
    with op.batch_alter_table("press_packs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_press_packs_notice_id"))
        batch_op.drop_index("ix_press_packs_drafted_at")

    op.drop_table("press_packs")
    op.drop_table("notification_deadlines")
    op.drop_table("notice_receipts")
    with op.batch_alter_table("notice_cases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_cases_case_id"))

    op.drop_table("notice_cases")
    op.drop_table("notice_authors")
    with op.batch_alter_table("ladder_reviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ladder_reviews_decided_at"))

    op.drop_table("ladder_reviews")
    with op.batch_alter_table("ladder_referrals", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_ladder_referrals_live",
            sqlite_where=sa.text("state <> 'rejected'"),
            postgresql_where=sa.text("state <> 'rejected'"),
        )

    op.drop_table("ladder_referrals")
    with op.batch_alter_table("ladder_measure_cases", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_ladder_measure_cases_step",
            sqlite_where=sa.text("live"),
            postgresql_where=sa.text("live"),
        )

    op.drop_table("ladder_measure_cases")
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_index("ix_decisions_record_id_at")

    op.drop_table("decisions")
    with op.batch_alter_table("cycle_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_cycle_entries_period_id")

    op.drop_table("cycle_entries")
    with op.batch_alter_table("complaints", schema=None) as batch_op:
        batch_op.drop_index("ix_complaints_unit_id_state")
        batch_op.drop_index("ix_complaints_received_at")
        batch_op.drop_index(batch_op.f("ix_complaints_merged_into_id"))
        batch_op.drop_index("ix_complaints_due_at")
        batch_op.drop_index("ix_complaints_counted")
        batch_op.drop_index(batch_op.f("ix_complaints_case_id"))
        batch_op.drop_index("ix_complaints_campaign_id")

    op.drop_table("complaints")
    with op.batch_alter_table("complaint_clusters", schema=None) as batch_op:
        batch_op.drop_index("ix_complaint_clusters_found_at")

    op.drop_table("complaint_clusters")
    with op.batch_alter_table("claim_sheets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_sheets_unit_id"))

    op.drop_table("claim_sheets")
    with op.batch_alter_table("case_tasks", schema=None) as batch_op:
        batch_op.drop_index("ix_case_tasks_unit_id")
        batch_op.drop_index("ix_case_tasks_state")
        batch_op.drop_index(batch_op.f("ix_case_tasks_parent_id"))
        batch_op.drop_index("ix_case_tasks_case_id")

    op.drop_table("case_tasks")
    with op.batch_alter_table("case_steps", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_case_steps_present",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index("ix_case_steps_case_id")

    op.drop_table("case_steps")
    with op.batch_alter_table("case_statements", schema=None) as batch_op:
        batch_op.drop_index("ix_case_statements_case_id_at")

    op.drop_table("case_statements")
    with op.batch_alter_table("case_shares", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_shares_unit_id"))

    op.drop_table("case_shares")
    with op.batch_alter_table("case_revisits", schema=None) as batch_op:
        batch_op.drop_index("ix_case_revisits_case_id")

    op.drop_table("case_revisits")
    with op.batch_alter_table("case_requests", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_case_requests_waiting",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.drop_index("ix_case_requests_state")
        batch_op.drop_index("ix_case_requests_case_id")

    op.drop_table("case_requests")
    with op.batch_alter_table("case_recurrences", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_recurrences_earlier_id"))

    op.drop_table("case_recurrences")
    op.drop_table("ballot_witnesses")
    with op.batch_alter_table("ballot_slips", schema=None) as batch_op:
        batch_op.drop_index("ix_ballot_slips_counted")

    op.drop_table("ballot_slips")
    with op.batch_alter_table("survey_rounds", schema=None) as batch_op:
        batch_op.drop_index("ix_survey_rounds_closes_at")

    op.drop_table("survey_rounds")
    with op.batch_alter_table("score_runs", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_score_runs_corrects_id",
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )
        batch_op.drop_index(batch_op.f("ix_score_runs_published_at"))
        batch_op.drop_index("ix_score_runs_campaign_id")

    op.drop_table("score_runs")
    with op.batch_alter_table("register_rows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_register_rows_unit_id"))
        batch_op.drop_index("ix_register_rows_listed")
        batch_op.drop_index("ix_register_rows_due_at")

    op.drop_table("register_rows")
    with op.batch_alter_table("record_versions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_record_versions_log_by"))
        batch_op.drop_index(batch_op.f("ix_record_versions_link_sha256"))
        batch_op.drop_index(batch_op.f("ix_record_versions_jkt"))

    op.drop_table("record_versions")
    with op.batch_alter_table("picture_decisions", schema=None) as batch_op:
        batch_op.drop_index("ix_picture_decisions_record_id_original_sha256")

    op.drop_table("picture_decisions")
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_index("ix_notices_unit_id_state")
        batch_op.drop_index(batch_op.f("ix_notices_template_id"))
        batch_op.drop_index("ix_notices_state_published_at")
        batch_op.drop_index(batch_op.f("ix_notices_original_id"))
        batch_op.drop_index(batch_op.f("ix_notices_campaign_id"))

    op.drop_table("notices")
    with op.batch_alter_table("media_claims", schema=None) as batch_op:
        batch_op.drop_index("ix_media_claims_sha256_held_at")

    op.drop_table("media_claims")
    with op.batch_alter_table("ladder_measures", schema=None) as batch_op:
        batch_op.drop_index("ix_ladder_measures_unit_id")
        batch_op.drop_index("ix_ladder_measures_state")
        batch_op.drop_index("ix_ladder_measures_campaign_id")

    op.drop_table("ladder_measures")
    with op.batch_alter_table("disclosures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_disclosures_record_id"))
        batch_op.drop_index("ix_disclosures_asked_at")

    op.drop_table("disclosures")
    with op.batch_alter_table("device_tokens", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_device_tokens_expires_at"))
        batch_op.drop_index(batch_op.f("ix_device_tokens_device_id"))

    op.drop_table("device_tokens")
    with op.batch_alter_table("device_nonces", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_device_nonces_expires_at"))

    op.drop_table("device_nonces")
    with op.batch_alter_table("cycle_periods", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cycle_periods_unit_id"))
        batch_op.drop_index("ix_cycle_periods_state")
        batch_op.drop_index("ix_cycle_periods_listed")

    op.drop_table("cycle_periods")
    with op.batch_alter_table("claim_requests", schema=None) as batch_op:
        batch_op.drop_index("ix_claim_requests_campaign_id")

    op.drop_table("claim_requests")
    with op.batch_alter_table("chain_links", schema=None) as batch_op:
        batch_op.drop_index("ix_chain_links_device_id_seq")
        batch_op.drop_index("ix_chain_links_device_id_prev")

    op.drop_table("chain_links")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index("ix_cases_unit_id_state")
        batch_op.drop_index("ix_cases_theme_id")
        batch_op.drop_index("ix_cases_state_due_at")
        batch_op.drop_index(batch_op.f("ix_cases_split_from_id"))
        batch_op.drop_index("ix_cases_source")
        batch_op.drop_index("ix_cases_owner_id")
        batch_op.drop_index("ix_cases_opened_at")
        batch_op.drop_index("ix_cases_moved_at")
        batch_op.drop_index(batch_op.f("ix_cases_merged_into_id"))
        batch_op.drop_index("ix_cases_horizon")
        batch_op.drop_index("ix_cases_gravity")
        batch_op.drop_index("ix_cases_effort")
        batch_op.drop_index("ix_cases_due_at")
        batch_op.drop_index("ix_cases_class_due_at")
        batch_op.drop_index("ix_cases_class")
        batch_op.drop_index(batch_op.f("ix_cases_campaign_id"))

    op.drop_table("cases")
    op.drop_table("campaign_theme_units")
    op.drop_table("campaign_checklists")
    with op.batch_alter_table("ballot_boxes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ballot_boxes_campaign_id"))

    op.drop_table("ballot_boxes")
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.drop_index("ix_assignments_inspector_id_state")
        batch_op.drop_index(batch_op.f("ix_assignments_draw_id"))
        batch_op.drop_index(batch_op.f("ix_assignments_campaign_id"))

    op.drop_table("assignments")
    with op.batch_alter_table("user_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_user_sessions_user_id"))
        batch_op.drop_index(batch_op.f("ix_user_sessions_expires_at"))

    op.drop_table("user_sessions")
    op.drop_table("totp_factors")
    with op.batch_alter_table("supervisor_mandates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_supervisor_mandates_campaign_id"))

    op.drop_table("supervisor_mandates")
    with op.batch_alter_table("sites", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sites_unit_id"))

    op.drop_table("sites")
    op.drop_table("sealed_persons")
    with op.batch_alter_table("rulebook_versions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rulebook_versions_campaign_id"))

    op.drop_table("rulebook_versions")
    with op.batch_alter_table("result_releases", schema=None) as batch_op:
        batch_op.drop_index("ix_result_releases_drafted_at")
        batch_op.drop_index(batch_op.f("ix_result_releases_campaign_id"))

    op.drop_table("result_releases")
    with op.batch_alter_table("recovery_codes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_codes_user_id"))

    op.drop_table("recovery_codes")
    with op.batch_alter_table("records", schema=None) as batch_op:
        batch_op.drop_index("ix_records_unit_id")
        batch_op.drop_index("ix_records_state_received_at")
        batch_op.drop_index("ix_records_state_day")
        batch_op.drop_index("ix_records_site_id")
        batch_op.drop_index("ix_records_received_at")
        batch_op.drop_index(batch_op.f("ix_records_inspector_id"))
        batch_op.drop_index("ix_records_campaign_id_state")
        batch_op.drop_index(batch_op.f("ix_records_assignment_id"))

    op.drop_table("records")
    with op.batch_alter_table("passkeys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passkeys_user_id"))

    op.drop_table("passkeys")
    with op.batch_alter_table("packs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_packs_requested_by"))
        batch_op.drop_index("ix_packs_requested_at")

    op.drop_table("packs")
    op.drop_table("outbox_deliveries")
    op.drop_table("notification_wishes")
    with op.batch_alter_table("notification_channels", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notification_channels_user_id"))
        batch_op.drop_index("ix_notification_channels_due_at")

    op.drop_table("notification_channels")
    op.drop_table("log_stamps")
    with op.batch_alter_table("legal_holds", schema=None) as batch_op:
        batch_op.drop_index("ix_legal_holds_object_id")

    op.drop_table("legal_holds")
    op.drop_table("ledger_views")
    with op.batch_alter_table("ladder_unit_rules", schema=None) as batch_op:
        batch_op.drop_index("ix_ladder_unit_rules_unit_id")

    op.drop_table("ladder_unit_rules")
    with op.batch_alter_table("ladder_facts", schema=None) as batch_op:
        batch_op.drop_index("ix_ladder_facts_unit_id")

    op.drop_table("ladder_facts")
    op.drop_table("inspector_conflicts")
    with op.batch_alter_table("factor_resets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_factor_resets_user_id"))

    op.drop_table("factor_resets")
    with op.batch_alter_table("enrolment_tokens", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_enrolment_tokens_inspector_id"))

    op.drop_table("enrolment_tokens")
    with op.batch_alter_table("draws", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draws_campaign_id"))

    op.drop_table("draws")
    op.drop_table("document_templates")
    with op.batch_alter_table("devices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_devices_inspector_id"))

    op.drop_table("devices")
    op.drop_table("custody_shares")
    with op.batch_alter_table("checklist_versions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_checklist_versions_checklist_id"))

    op.drop_table("checklist_versions")
    with op.batch_alter_table("case_bulletins", schema=None) as batch_op:
        batch_op.drop_index("ix_case_bulletins_listed")

    op.drop_table("case_bulletins")
    with op.batch_alter_table("campaign_topics", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_topics_campaign_id"))

    op.drop_table("campaign_topics")
    with op.batch_alter_table("campaign_themes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_themes_campaign_id"))

    op.drop_table("campaign_themes")
    with op.batch_alter_table("campaign_stages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_stages_campaign_id"))

    op.drop_table("campaign_stages")
    with op.batch_alter_table("campaign_stage_marks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_stage_marks_campaign_id"))

    op.drop_table("campaign_stage_marks")
    with op.batch_alter_table("campaign_goal_readings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_goal_readings_campaign_id"))

    op.drop_table("campaign_goal_readings")
    op.drop_table("campaign_actors")
    with op.batch_alter_table("approval_matters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_approval_matters_unit_id"))
        batch_op.drop_index("ix_approval_matters_listed")

    op.drop_table("approval_matters")
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.drop_index("ix_alerts_listed")

    op.drop_table("alerts")
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_users_unit_id"))

    op.drop_table("users")
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_units_path"))
        batch_op.drop_index(batch_op.f("ix_units_parent_id"))

    op.drop_table("units")
    op.drop_table("sign_in_places")
    with op.batch_alter_table("sign_in_failures", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_failures_subject_at")

    op.drop_table("sign_in_failures")
    op.drop_table("receipt_salts")
    with op.batch_alter_table("outbox_events", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_events_waiting")

    op.drop_table("outbox_events")
    op.drop_table("office_keys")
    op.drop_table("notice_serials")
    op.drop_table("media_hashes")
    with op.batch_alter_table("media", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_media_phash"))

    op.drop_table("media")
    with op.batch_alter_table("log_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_log_entries_subject")
        batch_op.drop_index("ix_log_entries_sha256")

    op.drop_table("log_entries")
    op.drop_table("log_checkpoints")
    op.drop_table("log_alarms")
    op.drop_table("inspectors")
    with op.batch_alter_table("deletions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deletions_sha256"))
        batch_op.drop_index(batch_op.f("ix_deletions_removed_at"))

    op.drop_table("deletions")
    op.drop_table("custody_keys")
    op.drop_table("checklists")
    op.drop_table("case_serials")
    with op.batch_alter_table("campaigns", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaigns_state"))

    op.drop_table("campaigns")
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_entries_object")
        batch_op.drop_index(batch_op.f("ix_audit_entries_at"))
        batch_op.drop_index(batch_op.f("ix_audit_entries_actor_id"))

    op.drop_table("audit_entries")
