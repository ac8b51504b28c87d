using System.Text.Json;
using System.Text.RegularExpressions;
using Esb.Tables.Errors;
using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>The placeholders of one request, with a record of those that its expressions have used.</summary>
/// <param name="names">ExpressionAttributeNames, if given.</param>
/// <param name="values">ExpressionAttributeValues, if given.</param>
public sealed partial class ExpressionNames(
    IReadOnlyDictionary<string, string>? names,
    IReadOnlyDictionary<string, AttributeValue>? values)
{
    private const string Names = "ExpressionAttributeNames";

    private const string Values = "ExpressionAttributeValues";

    private readonly HashSet<string> used = [];

    /// <summary>No placeholders.</summary>
    public static ExpressionNames None => new(null, null);

    /// <summary>Reads the two parameters from a request.</summary>
    /// <param name="names">ExpressionAttributeNames, if given.</param>
    /// <param name="values">ExpressionAttributeValues, if given.</param>
    /// <exception cref="TableException">A parameter is empty, or one of its keys or values is not valid.</exception>
    public static ExpressionNames Read(JsonElement? names, JsonElement? values)
    {
        var (texts, written) = (Members(names, "java.lang.String"), Members(values, SerializationErrors.ValueType));
        var read = texts?.ToDictionary(pair => pair.Key, pair => WireText.Text(pair.Value));
        foreach (var value in written is null ? [] : written.Values.AsEnumerable())
            ValueShape.RequireValue(value);
        RequireKeys(texts, Names, NameKey());
        RequireKeys(written, Values, ValueKey());
        return new ExpressionNames(read, written?.ToDictionary(pair => pair.Key, pair => Value(pair.Key, pair.Value)));
    }

    /// <summary>Fails if there is a placeholder that no expression has used.</summary>
    /// <exception cref="TableException">A placeholder was not used.</exception>
    public void RequireAllUsed()
    {
        RequireUsed(names?.Keys, Names);
        RequireUsed(values?.Keys, Values);
    }

    /// <summary>The name that a placeholder stands for, or null. The placeholder then counts as used.</summary>
    internal string? NameOf(string placeholder) => Of(names, placeholder);

    /// <summary>The value that a placeholder stands for, or null. The placeholder then counts as used.</summary>
    internal AttributeValue? ValueOf(string placeholder) => Of(values, placeholder);

    private static Dictionary<string, JsonElement>? Members(JsonElement? parameter, string type)
    {
        if (parameter is not { } element)
            return null;
        if (element.ValueKind != JsonValueKind.Object)
            throw SerializationErrors.NotAMap(element, type);
        var members = new Dictionary<string, JsonElement>();
        foreach (var member in element.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null)
                members[WireText.Name(member)] = member.Value;
        }
        return members;
    }

    private static void RequireKeys(Dictionary<string, JsonElement>? members, string parameter, Regex pattern)
    {
        if (members is { Count: 0 })
            throw TableException.Validation($"{parameter} must not be empty");
        foreach (var key in members is null ? [] : members.Keys.AsEnumerable())
        {
            if (!pattern.IsMatch(key))
                throw TableException.Validation($"{parameter} contains invalid key: Syntax error; key: \"{key}\"");
        }
    }

    private static AttributeValue Value(string key, JsonElement element)
    {
        try
        {
            return ValueReader.Read(element);
        }
        catch (TableException invalid)
        {
            throw TableException.Validation($"{Values} contains invalid value: {invalid.Message} for key {key}");
        }
    }

    private T? Of<T>(IReadOnlyDictionary<string, T>? map, string placeholder)
        where T : class
    {
        if (map is null || !map.TryGetValue(placeholder, out var value))
            return null;
        used.Add(placeholder);
        return value;
    }

    private void RequireUsed(IEnumerable<string>? keys, string parameter)
    {
        string[] unused = [.. (keys ?? []).Where(key => !used.Contains(key))];
        if (unused.Length > 0)
            throw TableException.Validation(
                $"Value provided in {parameter} unused in expressions: keys: {{{string.Join(", ", unused)}}}");
    }

    [GeneratedRegex("^#[0-9a-zA-Z_]+$", RegexOptions.NonBacktracking)]
    private static partial Regex NameKey();

    [GeneratedRegex("^:[0-9a-zA-Z_]+$", RegexOptions.NonBacktracking)]
    private static partial Regex ValueKey();
}
