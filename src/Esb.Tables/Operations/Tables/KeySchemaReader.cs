using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Protocol;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Tables;

/// <summary>Reads the keys of tables and indexes, and the definitions of their attributes.</summary>
internal static class KeySchemaReader
{
    private const string Invalid = "One or more parameter values were invalid: ";

    /// <summary>The attribute definitions in a request.</summary>
    public static IReadOnlyList<AttributeDefinition> Attributes(Input input) =>
        [.. (input.Structures("AttributeDefinitions") ?? []).Select(definition => new AttributeDefinition(
            definition.RequiredText("AttributeName"),
            Enum.Parse<AttributeType>(definition.RequiredText("AttributeType"))))];

    /// <summary>The keys of a table or an index.</summary>
    /// <param name="owner">The structure whose member KeySchema is read.</param>
    /// <param name="attributes">The defined attributes.</param>
    /// <param name="isTable">Whether the keys are those of a table, for which there is one more message.</param>
    /// <exception cref="TableException">The keys are not valid.</exception>
    public static KeySchema Read(Input owner, IReadOnlyList<AttributeDefinition> attributes, bool isTable)
    {
        var elements = Elements(owner);
        RequireDefined([.. elements.Select(element => element.Name)], attributes, isTable);
        if (elements.Length == 2 && elements[0].Name == elements[1].Name)
        {
            throw TableException.Validation(
                "Both the Hash Key and the Range Key element in the KeySchema have the same name");
        }

        RequireFirstHash(elements);
        if (elements.Length == 2 && elements[1].IsHash)
            throw TableException.Validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        return Of(elements, attributes);
    }

    /// <summary>The keys of a global index, which can consist of several attributes of each kind.</summary>
    /// <param name="owner">The structure whose member KeySchema is read.</param>
    /// <param name="attributes">The defined attributes.</param>
    /// <exception cref="TableException">The keys are not valid.</exception>
    public static KeySchema ReadGlobal(Input owner, IReadOnlyList<AttributeDefinition> attributes)
    {
        var elements = Elements(owner);
        var hashes = elements.Count(element => element.IsHash);
        if (elements.Length <= 2 && hashes < 2)
            return Read(owner, attributes, isTable: false);
        RequireDefined([.. elements.Select(element => element.Name)], attributes, isTable: false);
        if (elements.DistinctBy(element => element.Name).Count() < elements.Length)
            throw TableException.Validation("The KeySchema contains multiple key attributes with the same name");
        RequireFirstHash(elements);
        if (elements.Take(hashes).Any(element => !element.IsHash))
        {
            throw TableException.Validation(
                $"{Invalid}All HASH key attributes must precede RANGE key attributes in the KeySchema");
        }

        RequireCount(hashes, "HASH");
        RequireCount(elements.Length - hashes, "RANGE");
        return Of(elements, attributes);
    }

    private static Element[] Elements(Input owner) => [.. owner.Structures("KeySchema")!.Select(element =>
        new Element(element.RequiredText("AttributeName"), element.RequiredText("KeyType") == "HASH"))];

    private static void RequireDefined(
        string[] names, IReadOnlyList<AttributeDefinition> attributes, bool isTable)
    {
        if (isTable && names.Length > attributes.Count)
            throw TableException.Validation("Invalid KeySchema: Some index key attribute have no definition");
        if (names.Any(name => attributes.All(attribute => attribute.Name != name)))
        {
            throw TableException.Validation(
                $"{Invalid}Some index key attributes are not defined in AttributeDefinitions. "
                + $"Keys: [{string.Join(", ", names)}], "
                + $"AttributeDefinitions: [{string.Join(", ", attributes.Select(attribute => attribute.Name))}]");
        }
    }

    private static void RequireFirstHash(Element[] elements)
    {
        if (!elements[0].IsHash)
            throw TableException.Validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    }

    private static void RequireCount(int count, string kind)
    {
        if (count > KeySchema.MostOfAKind)
        {
            throw TableException.Validation(
                $"{Invalid}The KeySchema exceeds the maximum allowed number of {kind} key attributes");
        }
    }

    private static KeySchema Of(Element[] elements, IReadOnlyList<AttributeDefinition> attributes)
    {
        return KeySchema.Of([.. Those(isHash: true)], [.. Those(isHash: false)]);

        IEnumerable<AttributeDefinition> Those(bool isHash) => elements.Where(element => element.IsHash == isHash)
            .Select(element => attributes.First(attribute => attribute.Name == element.Name));
    }

    private sealed record Element(string Name, bool IsHash);
}
