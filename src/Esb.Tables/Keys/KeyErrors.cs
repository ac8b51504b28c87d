using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Values;

namespace Esb.Tables.Keys;

/// <summary>DynamoDB's errors for key attributes that are not valid.</summary>
internal static class KeyErrors
{
    private const string Invalid = "One or more parameter values were invalid: ";
    private const string Updated = "The update expression attempted to update ";
    private const string NotValid = "One or more parameter values are not valid. ";

    public static TableException OtherSchema =>
        TableException.Validation("The provided key element does not match the schema");

    public static TableException OtherStart =>
        TableException.Validation("The provided starting key is invalid");

    public static TableException Missing(string name) =>
        TableException.Validation($"{Invalid}Missing the key {name} in the item");

    public static TableException OtherType(string name, AttributeType expected, AttributeType actual) =>
        TableException.Validation($"{Invalid}Type mismatch for key {name} expected: {expected} actual: {actual}");

    public static TableException OtherIndexType(
        IndexDefinition index, string name, AttributeType expected, AttributeType actual) =>
        TableException.Validation(
            $"{Invalid}Type mismatch for Index Key {name} Expected: {expected} Actual: {actual} "
            + $"IndexName: {index.Name}");

    public static TableException Empty(string name, AttributeType type) =>
        TableException.Validation($"{NotValid}{EmptyValue(type)} Key: {name}");

    public static TableException EmptyInIndex(IndexDefinition index, string name, AttributeType type) =>
        TableException.Validation(
            $"{NotValid}A value specified for a secondary index key is not supported. {EmptyValue(type)} "
            + $"IndexName: {index.Name}, IndexKey: {name}");

    public static TableException UpdatedToOtherType => TableException.Validation(
        $"{Updated}the secondary index key to unsupported type");

    public static TableException UpdatedToTooLong => TableException.Validation(
        $"{Updated}the secondary index key beyond allowed size limits");

    public static TableException UpdatedToEmpty(AttributeType type) => TableException.Validation(
        $"{NotValid}{Updated}a secondary index key to a value that is not supported. {EmptyValue(type)}");

    public static TableException TooLong(bool isHash) => TableException.Validation(isHash
        ? $"{Invalid}Size of hashkey has exceeded the maximum size limit of2048 bytes"
        : $"{Invalid}Aggregated size of all range keys has exceeded the size limit of 1024 bytes");

    private static string EmptyValue(AttributeType type) =>
        "The AttributeValue for a key attribute cannot contain an empty "
        + (type == AttributeType.B ? "binary value." : "string value.");
}
