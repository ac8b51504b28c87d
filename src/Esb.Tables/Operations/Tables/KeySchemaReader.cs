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
        var elements = owner.Structures("KeySchema")!;
        var names = elements.Select(element => element.RequiredText("AttributeName")).ToArray();
        if (isTable && names.Length > attributes.Count)
            throw TableException.Validation("Invalid KeySchema: Some index key attribute have no definition");
        if (names.Any(name => attributes.All(attribute => attribute.Name != name)))
        {
            throw TableException.Validation(
                $"{Invalid}Some index key attributes are not defined in AttributeDefinitions. "
                + $"Keys: [{string.Join(", ", names)}], "
                + $"AttributeDefinitions: [{string.Join(", ", attributes.Select(attribute => attribute.Name))}]");
        }

        if (names.Length == 2 && names[0] == names[1])
        {
            throw TableException.Validation(
                "Both the Hash Key and the Range Key element in the KeySchema have the same name");
        }

        if (elements[0].RequiredText("KeyType") != "HASH")
            throw TableException.Validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        if (elements.Count == 2 && elements[1].RequiredText("KeyType") != "RANGE")
            throw TableException.Validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        var range = names.ElementAtOrDefault(1);
        return new KeySchema(names[0], TypeOf(names[0]), range, range is null ? null : TypeOf(range));

        AttributeType TypeOf(string name) => attributes.First(attribute => attribute.Name == name).Type;
    }
}
