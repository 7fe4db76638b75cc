-- A row that was removed is one change, of its key, from the whole row as a
-- JSON object (fields that were NULL left out) to nothing.  Before this step
-- it was a change for each field.

UPDATE change
   SET before = (SELECT json_group_object(x.field, x.before)
                   FROM change x
                  WHERE x.op = change.op AND x.entity = change.entity
                    AND x.key = change.key AND x.after IS NULL
                    AND x.before IS NOT NULL)
 WHERE field = entity AND typeof(before) = 'integer';

DELETE FROM change
 WHERE after IS NULL AND field <> entity
   AND EXISTS (SELECT 1 FROM change x
                WHERE x.op = change.op AND x.entity = change.entity
                  AND x.key = change.key AND x.field = x.entity);
