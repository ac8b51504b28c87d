using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Values;

namespace Esb.Tables.PartiQl;

/// <summary>
/// Parses PartiQL statements as DynamoDB supports them. Source: Amazon DynamoDB Developer Guide, "PartiQL for
/// DynamoDB".
/// </summary>
public static class StatementParser
{
    /// <summary>Parses a statement.</summary>
    /// <param name="text">The statement.</param>
    /// <param name="parameters">The values for the question marks, in order.</param>
    /// <exception cref="TableException">The statement is not valid.</exception>
    public static Statement Parse(string text, IReadOnlyList<AttributeValue> parameters)
    {
        var reader = new StatementReader(text, parameters);
        Statement statement = reader.TryTakeWord("SELECT") ? new SelectParser(reader).Parse()
            : reader.TryTakeWord("INSERT") ? Insert(reader)
            : reader.TryTakeWord("UPDATE") ? Update(reader)
            : reader.TryTakeWord("DELETE") ? Delete(reader)
            : reader.TryTakeWord("FROM") ? UpdateFrom(reader)
            : reader.TryTakeWord("EXISTS") ? Exists(reader)
            : throw StatementErrors.Malformed("Expected data manipulation");
        reader.RequireEnd();
        return statement;
    }

    private static ExistsStatement Exists(StatementReader reader)
    {
        reader.Require("(");
        reader.RequireWord("SELECT");
        var select = new SelectParser(reader).Parse();
        reader.Require(")");
        return new ExistsStatement(select);
    }

    private static InsertStatement Insert(StatementReader reader)
    {
        reader.RequireWord("INTO");
        var table = SourceParser.ParseTable(reader);
        if (!reader.TryTakeWord("VALUE"))
            throw StatementErrors.Malformed(
                reader.IsAtKeyword ? StatementErrors.UnexpectedKeyword : StatementErrors.Leftover);
        return new InsertStatement(table, new LiteralParser(reader).Item());
    }

    private static UpdateStatement Update(StatementReader reader)
    {
        var names = new StatementNames();
        var table = SourceParser.ParseTable(reader);
        SourceParser.RequireNoAlias(reader, "SET", "REMOVE");
        var clauses = new UpdateClauseParser(reader, names);
        clauses.Parse();
        var where = new WhereParser(reader, names);
        var condition = where.TryParse();
        var returning = Returning(reader);
        return new UpdateStatement(table, clauses.Bind(), Written(where.Bind(condition)), returning?.Replace(
            "MODIFIED", "UPDATED", StringComparison.Ordinal));
    }

    // FROM … WHERE … SET … is an UPDATE with its clauses in another order.
    private static UpdateStatement UpdateFrom(StatementReader reader)
    {
        var names = new StatementNames();
        var table = SourceParser.ParseTable(reader);
        SourceParser.RequireNoAlias(reader, "WHERE", "SET", "REMOVE");
        var where = new WhereParser(reader, names);
        var condition = where.TryParse();
        var clauses = new UpdateClauseParser(reader, names);
        clauses.Parse();
        var returning = Returning(reader);
        return new UpdateStatement(table, clauses.Bind(), Written(where.Bind(condition)), returning?.Replace(
            "MODIFIED", "UPDATED", StringComparison.Ordinal));
    }

    private static DeleteStatement Delete(StatementReader reader)
    {
        reader.RequireWord("FROM");
        var table = SourceParser.ParseTable(reader);
        SourceParser.RequireNoAlias(reader, "WHERE", "RETURNING");
        var where = new WhereParser(reader, new StatementNames());
        var condition = where.TryParse();
        var returning = Returning(reader);
        if (returning is not (null or "ALL_OLD"))
            throw TableException.Validation(
                $"Invalid returning clause: RETURNING {returning.Replace('_', ' ')} *. "
                    + "Only RETURNING ALL OLD * is allowed in DELETE statements.");
        return new DeleteStatement(table, Written(where.Bind(condition)), returning);
    }

    // Without WHERE there is no key, so the check of the key fails once the table is known.
    private static Condition Written(Condition? where) => where ?? new AllCondition([]);

    private static string? Returning(StatementReader reader)
    {
        if (!reader.TryTakeWord("RETURNING"))
            return null;
        var scope = reader.TryTakeWord("ALL") ? "ALL" : reader.TryTakeWord("MODIFIED") ? "MODIFIED" : null;
        var age = reader.TryTakeWord("OLD") ? "OLD" : reader.TryTakeWord("NEW") ? "NEW" : null;
        if (scope is null || age is null)
            throw StatementErrors.Malformed("Expected ALL or MODIFIED, then OLD or NEW, in the returning clause.");
        reader.Require("*");
        return $"{scope}_{age}";
    }
}
