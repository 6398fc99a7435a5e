-- As in a data file: a deal of a name is found without a look at all of them.
CREATE INDEX deal_by_name ON deal (workspace_id, lower(json_extract(content, '$.name')));
