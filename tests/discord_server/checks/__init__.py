"""What Discord accepts in a request body, each rule noted under the field it is about."""
