using Esb.Tables.Expressions.Syntax;
using Esb.Tables.Values;

namespace Esb.Tables.PartiQl;

/// <summary>Parses a type test, the part of a condition after IS.</summary>
/// <param name="reader">The tokens.</param>
/// <param name="names">The names and values of the statement.</param>
internal sealed class TypeTest(StatementReader reader, StatementNames names)
{
    private static readonly Dictionary<string, AttributeType[]> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["NULL"] = [AttributeType.NULL],
        ["BOOL"] = [AttributeType.BOOL],
        ["BOOLEAN"] = [AttributeType.BOOL],
        ["STRING"] = [AttributeType.S],
        ["VARCHAR"] = [AttributeType.S],
        ["CHAR"] = [AttributeType.S],
        ["CHARACTER"] = [AttributeType.S],
        ["SYMBOL"] = [AttributeType.S],
        ["INT"] = [AttributeType.N],
        ["INT2"] = [AttributeType.N],
        ["INT4"] = [AttributeType.N],
        ["INT8"] = [AttributeType.N],
        ["INTEGER"] = [AttributeType.N],
        ["SMALLINT"] = [AttributeType.N],
        ["BIGINT"] = [AttributeType.N],
        ["FLOAT"] = [AttributeType.N],
        ["REAL"] = [AttributeType.N],
        ["DOUBLE"] = [AttributeType.N],
        ["DECIMAL"] = [AttributeType.N],
        ["NUMERIC"] = [AttributeType.N],
        ["BLOB"] = [AttributeType.B],
        ["LIST"] = [AttributeType.L],
        ["TUPLE"] = [AttributeType.M],
        ["STRUCT"] = [AttributeType.M],
        ["BAG"] = [AttributeType.SS, AttributeType.NS, AttributeType.BS],
    };

    /// <summary>Parses an optional NOT, followed by the name of a type, NULL or MISSING.</summary>
    /// <param name="operand">The operand before IS.</param>
    /// <exception cref="Errors.TableException">The word is not the name of a type.</exception>
    public Node Parse(Node operand)
    {
        var isNegated = reader.TryTakeWord("NOT");
        var test = Test(operand);
        return isNegated ? new NotNode(test) : test;
    }

    private Node Test(Node operand)
    {
        if (reader.TryTakeWord("MISSING"))
            return new CallNode("attribute_not_exists", [operand]);
        if (reader.Current.Kind != StatementTokenKind.Word || !Types.TryGetValue(reader.Current.Text, out var types))
            throw StatementErrors.Malformed("Expected type name");
        var name = reader.Take().Text;
        if (name.Equals("DOUBLE", StringComparison.OrdinalIgnoreCase))
            reader.TryTakeWord("PRECISION");
        else if (name.Equals("CHARACTER", StringComparison.OrdinalIgnoreCase))
            reader.TryTakeWord("VARYING");
        return types
            .Select(type => names.Value(new StringValue(type.ToString())))
            .Select(type => (Node)new CallNode("attribute_type", [operand, type]))
            .Aggregate((left, right) => new LogicalNode(false, left, right));
    }
}
