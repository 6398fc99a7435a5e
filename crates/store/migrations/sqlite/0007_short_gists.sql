-- Most of a line of telling was cues: of each the likeliest sentence is enough, and a sentence
-- that tells several stands once: [first byte, first byte behind it, quote, [[cue, how likely]]].
UPDATE telling SET touch = json_set(touch, '$.gist.cues', json((
  SELECT json_group_array(json(sentence)) FROM (
    SELECT json_array(first, behind, quote, json_group_array(json_array(cue, likely))) AS sentence
    FROM (
      SELECT
        json_extract(value, '$.range.start') AS first,
        json_extract(value, '$.range.end') AS behind,
        json_extract(value, '$.quote') AS quote,
        json_extract(value, '$.cue') AS cue,
        json_extract(value, '$.probability') AS likely,
        ROW_NUMBER() OVER (
          PARTITION BY json_extract(value, '$.cue')
          ORDER BY json_extract(value, '$.probability') DESC, key) AS nth
      FROM json_each(touch, '$.gist.cues'))
    WHERE nth = 1 GROUP BY first ORDER BY first))))
  WHERE json_array_length(touch, '$.gist.cues') > 0;
