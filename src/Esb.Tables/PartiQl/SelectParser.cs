using Esb.Tables.Errors;
using Esb.Tables.Expressions;

namespace Esb.Tables.PartiQl;

/// <summary>Parses SELECT.</summary>
/// <param name="reader">The tokens.</param>
internal sealed class SelectParser(StatementReader reader)
{
    private readonly StatementNames names = new();

    /// <summary>Parses what follows the word SELECT.</summary>
    /// <exception cref="TableException">The statement is not valid.</exception>
    public SelectStatement Parse()
    {
        var columns = Columns();
        reader.RequireWord("FROM");
        if (reader.IsAtEnd)
            throw StatementErrors.Malformed(StatementErrors.UnexpectedTerm);
        if (reader.IsAtKeyword)
            throw reader.Unexpected();
        var source = SourceParser.Parse(reader);
        SourceParser.RequireNoAlias(reader, "WHERE", "ORDER");
        var where = new WhereParser(reader, names);
        var condition = where.TryParse();
        var orders = Orders();
        return new SelectStatement(source.Table, source.Index, columns, where.Bind(condition), orders);
    }

    private ColumnProjection? Columns()
    {
        if (reader.TryTake("*"))
            return null;
        var terms = new TermParser(reader, names);
        var paths = new List<AttributePath>();
        do
        {
            if (reader.Current.Kind == StatementTokenKind.Word && reader.Following.Is("("))
                throw TableException.Validation($"Unexpected path component at {reader.PlaceOf(reader.Current)}");
            paths.Add(names.PathOf(terms.Path()));
        }
        while (reader.TryTake(","));
        return new ColumnProjection(paths);
    }

    private List<SelectOrder> Orders()
    {
        var orders = new List<SelectOrder>();
        if (!reader.TryTakeWord("ORDER"))
            return orders;
        reader.RequireWord("BY");
        var terms = new TermParser(reader, names);
        do
        {
            var attribute = names.PathOf(terms.Path()).Root;
            var isDescending = reader.TryTakeWord("DESC");
            if (!isDescending)
                reader.TryTakeWord("ASC");
            orders.Add(new SelectOrder(attribute, isDescending));
        }
        while (reader.TryTake(","));
        return orders;
    }
}
