using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Expressions.Syntax;
using Esb.Tables.Values;

namespace Esb.Tables.PartiQl;

/// <summary>Parses the SET and REMOVE clauses of UPDATE.</summary>
/// <param name="reader">The tokens.</param>
/// <param name="names">The names and values of the statement.</param>
internal sealed class UpdateClauseParser(StatementReader reader, StatementNames names)
{
    private readonly TermParser terms = new(reader, names);

    private readonly LiteralParser literals = new(reader);

    private readonly List<UpdateNode> actions = [];

    /// <summary>Whether a clause begins here.</summary>
    public bool IsAtClause => reader.Current.IsWord("SET") || reader.Current.IsWord("REMOVE");

    /// <summary>Parses one or more clauses.</summary>
    /// <exception cref="TableException">The clauses are not valid.</exception>
    public void Parse()
    {
        if (!IsAtClause)
            throw reader.Unexpected();
        while (IsAtClause)
        {
            var isSet = reader.Take().Text.Equals("SET", StringComparison.OrdinalIgnoreCase);
            do
                actions.Add(isSet ? Assignment() : new UpdateNode("REMOVE", terms.Path(), null));
            while (reader.TryTake(","));
        }
    }

    /// <summary>Creates the update from the parsed clauses.</summary>
    /// <exception cref="TableException">The paths or the operands do not fit each other.</exception>
    public UpdateExpression Bind() => new UpdateBinder(names.Binder).Bind(
        actions, [.. actions.SelectMany(action => (Node[])[action.Path, .. action.Value?.InsideOut ?? []])]);

    private UpdateNode Assignment()
    {
        var path = terms.Path();
        reader.Require("=");
        if (reader.Current.IsWord("set_add") && reader.Following.Is("("))
            return SetFunction("ADD", path);
        if (reader.Current.IsWord("set_delete") && reader.Following.Is("("))
            return SetFunction("DELETE", path);
        return new UpdateNode("SET", path, Sum());
    }

    private Node Sum()
    {
        var left = Operand();
        while (reader.Current.Is("+") || reader.Current.Is("-"))
            left = new ArithmeticNode(reader.Take().Text, left, Operand());
        return left;
    }

    private Node Operand()
    {
        if (reader.TryTake("("))
        {
            var inner = reader.Within(Sum);
            reader.Require(")");
            return inner;
        }
        if (literals.IsAtValue)
            return names.Value(literals.Parse());
        if (reader.Current.Kind != StatementTokenKind.Word || !reader.Following.Is("(") || reader.IsAtKeyword)
            return terms.Path();
        var token = reader.Take();
        var function = token.Text.ToLowerInvariant();
        if (function is not ("list_append" or "if_not_exists"))
            throw TableException.Validation($"Unrecognized function: {function} at {reader.PlaceOf(token)}");
        return new CallNode(function, [.. Arguments().Select(argument => argument.Node)]);
    }

    private UpdateNode SetFunction(string section, PathNode path)
    {
        var token = reader.Take();
        var name = token.Text.ToUpperInvariant();
        var arguments = Arguments();
        if (arguments.Count != 2)
            throw TableException.Validation($"{name} must have exactly two arguments at {reader.PlaceOf(token)}");
        if (arguments[0].Node is not PathNode first || !names.PathOf(first).Equals(names.PathOf(path)))
            throw TableException.Validation(
                $"The first argument to {name} must equal the assignment value at {reader.PlaceOf(token)}");
        return names.ValueOf(arguments[1].Node) is StringSetValue or NumberSetValue or BinarySetValue
            ? new UpdateNode(section, path, arguments[1].Node)
            : throw TableException.Validation(
                $"The second argument to {name} must be a value with type SET at {reader.PlaceOf(arguments[0].Token)}");
    }

    private List<(StatementToken Token, Node Node)> Arguments()
    {
        reader.Require("(");
        var arguments = new List<(StatementToken, Node)>();
        while (!reader.TryTake(")"))
        {
            if (arguments.Count > 0)
                reader.Require(",");
            arguments.Add((reader.Current, reader.Within(Sum)));
        }
        return arguments;
    }
}
