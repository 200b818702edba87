"""The same experiment gives the same bits natively and in every JavaScript engine."""
