using System.Text.Json;
using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>The placeholders of one request, and which of them its expressions used.</summary>
/// <param name="names">ExpressionAttributeNames, if given.</param>
/// <param name="values">ExpressionAttributeValues, if given.</param>
public sealed class ExpressionNames(
    IReadOnlyDictionary<string, string>? names,
    IReadOnlyDictionary<string, AttributeValue>? values)
{
    /// <summary>No placeholders.</summary>
    public static ExpressionNames None => new(null, null);

    /// <summary>Reads the two parameters of a request.</summary>
    /// <param name="names">ExpressionAttributeNames, if given.</param>
    /// <param name="values">ExpressionAttributeValues, if given.</param>
    /// <exception cref="Errors.TableException">They are empty, or a key or a value is not valid.</exception>
    public static ExpressionNames Read(JsonElement? names, JsonElement? values) => throw new NotImplementedException();

    /// <summary>Fails if no expression used one of the placeholders.</summary>
    public void RequireAllUsed() => throw new NotImplementedException();
}
