using System.Globalization;
using Esb.Tables.Errors;
using Esb.Tables.Values;

namespace Esb.Tables.PartiQl;

/// <summary>Parses values: literals of all kinds, and question marks.</summary>
/// <param name="reader">The tokens.</param>
internal sealed class LiteralParser(StatementReader reader)
{
    private const int MostLevels = 32;

    private const string Root = "root";

    /// <summary>Whether a value begins here.</summary>
    public bool IsAtValue => reader.Current.Kind is StatementTokenKind.Text or StatementTokenKind.Number
        || reader.Current.Is("?") || reader.Current.Is("[") || reader.Current.Is("{") || reader.Current.Is("<<")
        || reader.Current.Is("-") || reader.Current.Is("+")
        || reader.Current.IsWord("TRUE") || reader.Current.IsWord("FALSE") || reader.Current.IsWord("NULL");

    /// <summary>Parses a value.</summary>
    /// <exception cref="TableException">The tokens are not a value.</exception>
    public AttributeValue Parse() => Value(Root, 1);

    private AttributeValue Value(string path, int level)
    {
        if (level > MostLevels)
            throw TableException.Validation($"Nesting Levels have exceeded supported limits under {path}");
        var token = reader.Current;
        if (token.Kind == StatementTokenKind.Text)
            return new StringValue(reader.Take().Text);
        if (token.Kind == StatementTokenKind.Number || token.Is("-") || token.Is("+"))
            return new NumberValue(Number(path));
        if (token.Is("?"))
            return Parameter(path, level);
        if (reader.TryTakeWord("NULL"))
            return NullValue.Instance;
        if (token.IsWord("TRUE") || token.IsWord("FALSE"))
            return new BooleanValue(reader.Take().Text.Equals("true", StringComparison.OrdinalIgnoreCase));
        if (reader.TryTake("["))
            return new ListValue(Elements("]", path, level));
        if (reader.TryTake("<<"))
            return Set(path, level);
        return reader.TryTake("{") ? Map(path, level) : throw NoValue(path);
    }

    private AttributeValue Parameter(string path, int level)
    {
        var token = reader.Take();
        return level == 1
            ? reader.NextParameter()
            : throw TableException.Validation(
                $"Unsupported data type: Parameter under key {path} at {reader.PlaceOf(token)}");
    }

    private AttributeValue Set(string path, int level)
    {
        var start = reader.Current.Start;
        var members = Elements(">>", path, level);
        return SetLiteral.Of(members, () => reader.ItemsFrom(start), path);
    }

    private TableException NoValue(string path) =>
        reader.Current.Kind == StatementTokenKind.Word && reader.Following.Is("(")
            ? TableException.Validation(
                $"Unsupported data type: {reader.Current.Text.ToLowerInvariant()} under key {path} "
                    + $"at {reader.PlaceOf(reader.Current)}")
            : reader.Unexpected();

    /// <summary>Parses a list in brackets, whose elements can be question marks.</summary>
    /// <exception cref="TableException">The tokens are not a list.</exception>
    public IReadOnlyList<AttributeValue> List()
    {
        reader.Require("[");
        return Elements("]", Root, level: 0);
    }

    private List<AttributeValue> Elements(string end, string path, int level)
    {
        var elements = new List<AttributeValue>();
        while (!reader.TryTake(end))
        {
            if (elements.Count > 0)
                reader.Require(",");
            elements.Add(Value($"{path}[{elements.Count}]", level + 1));
        }
        return elements;
    }

    private MapValue Map(string path, int level)
    {
        var members = new Dictionary<string, AttributeValue>();
        while (!reader.TryTake("}"))
        {
            if (members.Count > 0)
                reader.Require(",");
            if (reader.Current.Kind is not (StatementTokenKind.Text or StatementTokenKind.Quoted))
                throw reader.Unexpected();
            var name = reader.Take().Text;
            reader.Require(":");
            // Each attribute of an item is the root of its own path.
            members[name] = Value(level == 0 ? Root : $"{path}.{name}", level + 1);
        }
        return new MapValue(members);
    }

    /// <summary>Parses the item of an INSERT.</summary>
    /// <exception cref="TableException">The tokens are not an item.</exception>
    public MapValue Item()
    {
        if (reader.TryTake("{"))
            return Map(Root, level: 0);
        return reader.Current.Is("?") && Parse() is MapValue map
            ? map
            : throw StatementErrors.Malformed("Expected a tuple in VALUE");
    }

    private DynamoNumber Number(string path)
    {
        var isNegative = false;
        while (reader.Current.Is("-") || reader.Current.Is("+"))
            isNegative ^= reader.Take().Text == "-";
        if (reader.Current.Kind != StatementTokenKind.Number)
            throw reader.Unexpected();
        var text = reader.Take().Text;
        RequireScale(text);
        return DynamoNumber.TryParse(text, out var number, out var problem)
            ? isNegative ? -number : number
            : throw TableException.Validation($"{problem} under {path}");
    }

    // If the exponent does not fit into 32 bits, the service's parser cannot read the number at all.
    private static void RequireScale(string text)
    {
        var mark = text.AsSpan().IndexOfAny('e', 'E');
        if (mark < 0)
            return;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 ? 0 : mark - point - 1;
        var written = text.AsSpan(mark + 1);
        if (!int.TryParse(written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            || Math.Abs((long)decimals - exponent) > int.MaxValue)
            throw StatementErrors.Malformed("");
    }
}
