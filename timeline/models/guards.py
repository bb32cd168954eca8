"""Triggers that hold what a CHECK constraint cannot: a quote equals its passage, and a report's text never changes.

They compare two tables, so they are written for each database. They are taken up before every migration and laid anew
after it: SQLite rebuilds tables to change them, and refuses while a trigger speaks of one that is away.
"""

from __future__ import annotations

from django.db import connections

# (table, start column, end column, quote column): every passage that is stored.
PASSAGES = (
    ("timeline_mention", "start", "end", "quote"),
    ("timeline_mention", "date_start", "date_end", "date_quote"),
    ("timeline_tollclaim", "start", "end", "quote"),
)


# (table, column, table that it refers to): both rows belong to one article.
SAME_ARTICLE = (
    ("timeline_tollclaim", "mention_id", "timeline_mention"),
    ("timeline_tollclaim", "part_of_id", "timeline_tollclaim"),
)


def remove(using: str) -> None:
    """Take up the triggers in the SQLite database ``using``; PostgreSQL changes tables beside them."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, 6) = 'guard_'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')


def install(using: str) -> None:
    """Lay the triggers in the database ``using``; a table that is not migrated yet is passed over."""
    connection = connections[using]
    statements = {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor]
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        if {"timeline_article", *(table for table, *_ in PASSAGES)} <= present:
            for statement in statements():
                cursor.execute(statement)


def _sqlite() -> list[str]:
    statements = []
    for table, start, end, quote in PASSAGES:
        for event, name in (("INSERT", "insert"), (f'UPDATE OF article_id, "{start}", "{end}", "{quote}"', "update")):
            trigger = f"guard_{table}_{quote}_{name}"
            statements += [
                f'DROP TRIGGER IF EXISTS "{trigger}"',
                f"""CREATE TRIGGER "{trigger}" BEFORE {event} ON "{table}"
                    WHEN NEW."{start}" IS NOT NULL AND NEW."{quote}" IS NOT
                        (SELECT substr(text, NEW."{start}" + 1, NEW."{end}" - NEW."{start}")
                           FROM timeline_article WHERE id = NEW.article_id)
                    BEGIN SELECT RAISE(ABORT, '{table}.{quote} is not the passage that it points to'); END""",
            ]
    for table, column, other in SAME_ARTICLE:
        for event, name in (("INSERT", "insert"), (f'UPDATE OF article_id, "{column}"', "update")):
            trigger = f"guard_{table}_{column}_{name}"
            statements += [
                f'DROP TRIGGER IF EXISTS "{trigger}"',
                f"""CREATE TRIGGER "{trigger}" BEFORE {event} ON "{table}"
                    WHEN NEW."{column}" IS NOT NULL AND NEW.article_id IS NOT
                        (SELECT article_id FROM "{other}" WHERE id = NEW."{column}")
                    BEGIN SELECT RAISE(ABORT, '{table}.{column} belongs to another report'); END""",
            ]
    statements += [
        'DROP TRIGGER IF EXISTS "guard_timeline_article_text"',
        """CREATE TRIGGER "guard_timeline_article_text" BEFORE UPDATE OF text, text_hash ON timeline_article
           WHEN NEW.text IS NOT OLD.text OR NEW.text_hash IS NOT OLD.text_hash
           BEGIN SELECT RAISE(ABORT, 'the text of a report never changes'); END""",
    ]
    return statements


def _postgresql() -> list[str]:
    statements = []
    for table, start, end, quote in PASSAGES:
        name = f"guard_{table}_{quote}"
        statements += [
            f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF NEW."{start}" IS NOT NULL AND NEW."{quote}" IS DISTINCT FROM
                        (SELECT substr(text, NEW."{start}" + 1, NEW."{end}" - NEW."{start}")
                           FROM timeline_article WHERE id = NEW.article_id) THEN
                        RAISE EXCEPTION '{table}.{quote} is not the passage that it points to'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                END $$""",
            f'DROP TRIGGER IF EXISTS {name} ON "{table}"',
            f"""CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OF article_id, "{start}", "{end}", "{quote}" ON "{table}"
                FOR EACH ROW EXECUTE FUNCTION {name}()""",
        ]
    for table, column, other in SAME_ARTICLE:
        name = f"guard_{table}_{column}"
        statements += [
            f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF NEW."{column}" IS NOT NULL AND NEW.article_id IS DISTINCT FROM
                        (SELECT article_id FROM "{other}" WHERE id = NEW."{column}") THEN
                        RAISE EXCEPTION '{table}.{column} belongs to another report' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                END $$""",
            f'DROP TRIGGER IF EXISTS {name} ON "{table}"',
            f"""CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OF article_id, "{column}" ON "{table}"
                FOR EACH ROW EXECUTE FUNCTION {name}()""",
        ]
    statements += [
        """CREATE OR REPLACE FUNCTION guard_timeline_article_text() RETURNS trigger LANGUAGE plpgsql AS $$
           BEGIN
               IF NEW.text IS DISTINCT FROM OLD.text OR NEW.text_hash IS DISTINCT FROM OLD.text_hash THEN
                   RAISE EXCEPTION 'the text of a report never changes' USING ERRCODE = 'check_violation';
               END IF;
               RETURN NEW;
           END $$""",
        "DROP TRIGGER IF EXISTS guard_timeline_article_text ON timeline_article",
        """CREATE TRIGGER guard_timeline_article_text BEFORE UPDATE OF text, text_hash ON timeline_article
           FOR EACH ROW EXECUTE FUNCTION guard_timeline_article_text()""",
    ]
    return statements
