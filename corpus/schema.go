package corpus

import _ "embed"

// Schema is the JSON Schema of curation.yaml, with which an editor completes its keys
// and names mistakes while it is written.
//
//go:embed curation.schema.json
var Schema []byte

// SchemaFile is what the schema is called beside a curation.yaml.
const SchemaFile = "curation.schema.json"
