-- By what a name stands in a list, the same on every server: collations differ, so the key is stored and compared
-- letter by letter (COLLATE "C"). Élise stands beside Emma, aaron beside Aaron. Run as the owner; can be run again.
-- The database keeps the keys, whoever changes a name and however.

CREATE SCHEMA IF NOT EXISTS organisations;
REVOKE ALL ON SCHEMA organisations FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA organisations REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- Letters are taken apart and their marks left out (also those of Arabic), then written small. What no decomposition
-- knows is listed: a server with the locale C writes nothing but a to z small.
CREATE OR REPLACE FUNCTION organisations.sort_key(name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT left(btrim(regexp_replace(lower(translate(replace(replace(replace(replace(replace(
        regexp_replace(normalize(name, NFKD), '[\u0300-\u036f\u0640\u064b-\u065f\u0670]', '', 'g'),
        'ß', 'ss'), 'Æ', 'ae'), 'æ', 'ae'), 'Œ', 'oe'), 'œ', 'oe'),
        'ØøŁłĐđıАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯІЄΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩς',
        'oollddiабвгдежзиклмнопрстуфхцчшщъыьэюяієαβγδεζηθικλμνξοπρστυφχψωσ') COLLATE "C"),
        '[-!-/:-@\[-`{-~\s‘’“”«»–—]+', ' ', 'g')), 250)
$$;

CREATE OR REPLACE FUNCTION organisations.keep_sort_key() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.sort_key := organisations.sort_key(to_jsonb(NEW) ->> TG_ARGV[0]);
    RETURN NEW;
END $$;

-- Keep the keys of a table from its column `name_column`, and make those that are missing. A change of type writes every
-- row anew, also those that policies hide from the owner.
CREATE OR REPLACE FUNCTION organisations.sort_by(tab regclass, name_column text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ALTER COLUMN sort_key TYPE varchar(250) COLLATE "C" USING organisations.sort_key(%I)',
                   tab, name_column);
    EXECUTE format('DROP TRIGGER IF EXISTS sorted_by_name ON %s', tab);
    EXECUTE format('CREATE TRIGGER sorted_by_name BEFORE INSERT OR UPDATE OF %I ON %s FOR EACH ROW
                    EXECUTE FUNCTION organisations.keep_sort_key(%L)', name_column, tab, name_column);
END $$;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA organisations FROM PUBLIC;
