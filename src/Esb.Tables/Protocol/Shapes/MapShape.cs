using System.Text.Json;
using Esb.Tables.Errors;

namespace Esb.Tables.Protocol.Shapes;

/// <summary>A map from names to values.</summary>
/// <param name="value">The shape of each value.</param>
/// <param name="javaType">The type of the values in messages, without its package if that is DynamoDB's.</param>
internal sealed class MapShape(Shape value, string javaType) : Shape
{
    public const string WrongParameterizedType =
        "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class java.lang.Class "
        + "(sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and java.lang.Class are in module "
        + "java.base of loader 'bootstrap')";

    public int Fewest { get; init; }

    public int Most { get; init; } = int.MaxValue;

    /// <summary>Whether the map is an element of a list of maps, for which AWS has another message.</summary>
    public bool IsParameterized { get; init; }

    /// <summary>Whether a key can be the ARN of a table instead of its name.</summary>
    public bool KeysMayBeArns { get; init; }

    /// <summary>The constraints on keys, if there are any.</summary>
    public TextShape? Keys { get; init; }

    /// <summary>The minimum and maximum length of each value, if the values are lists.</summary>
    public (int Fewest, int Most)? Lengths { get; init; }

    public override void CheckType(JsonElement map)
    {
        if (map.ValueKind is not JsonValueKind.Object)
        {
            throw IsParameterized && map.ValueKind is not JsonValueKind.Array
                ? SerializationErrors.Of(WrongParameterizedType)
                : SerializationErrors.NotAMap(map, JavaName(javaType));
        }

        foreach (var member in map.EnumerateObject().Where(member => !IsAbsent(member.Value)))
            value.CheckType(member.Value);
    }

    public override void CheckConstraints(JsonElement map, string path, Violations violations)
    {
        var count = map.EnumerateObject().Count();
        if (count < Fewest)
            violations.Add(path, map, $"Member must have length greater than or equal to {Fewest}");
        if (count > Most)
            violations.Add(path, map, $"Member must have length less than or equal to {Most}");
        foreach (var member in map.EnumerateObject())
        {
            if (Keys is not null && !IsKey(member.Name))
                violations.Add(path, map, $"Map keys must satisfy constraint: [{KeyConstraints}]");
            if (Lengths is { } lengths && member.Value.ValueKind is JsonValueKind.Array
                && (member.Value.GetArrayLength() < lengths.Fewest || member.Value.GetArrayLength() > lengths.Most))
            {
                violations.Add(
                    path,
                    map,
                    "Map value must satisfy constraint: [Member must have length less than or equal to "
                    + $"{lengths.Most}, Member must have length greater than or equal to {lengths.Fewest}]");
            }
        }
        foreach (var member in map.EnumerateObject().Where(member => !IsAbsent(member.Value)))
            value.CheckConstraints(member.Value, $"{path}.{member.Name}.member", violations);
    }

    private static string JavaName(string type) =>
        type.Contains('.', StringComparison.Ordinal) ? type : $"com.amazonaws.dynamodb.v20120810.{type}";

    private bool IsKey(string name) =>
        (KeysMayBeArns && TableNameShape.IsArn(name)) || IsName(name);

    private bool IsName(string name) =>
        name.Length >= Keys!.Shortest && name.Length <= Keys.Longest && (Keys.Pattern is null || Keys.IsMatch(name));

    private string KeyConstraints => string.Join(", ", new[]
    {
        $"Member must have length less than or equal to {Keys!.Longest}",
        $"Member must have length greater than or equal to {Keys.Shortest}",
        Keys.Pattern is null ? null : $"Member must satisfy regular expression pattern: {Keys.PatternText}",
    }.Where(text => text is not null));
}
