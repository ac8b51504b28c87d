using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Json.Schema;

namespace Esb.Testing.Schemas;

/// <summary>The schema of a document, made from its record and the record's documentation.</summary>
/// <param name="Name">The file is <c>schemas/output/NAME.schema.json</c>.</param>
/// <param name="Title">The commands that print the document.</param>
/// <param name="Type">The record, as the program serializes it.</param>
public sealed record OutputSchema(string Name, string Title, JsonTypeInfo Type)
{
    private static readonly JsonSchemaExporterOptions Exporting = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Described,
    };

    private static readonly JsonSerializerOptions Writing = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private string File => $"schemas/output/{Name}.schema.json";

    /// <summary>Fails if the file does not match the record; writes it with <c>ESB_WRITE_DOCS=1</c>.</summary>
    public async Task IsWrittenAsync()
    {
        var wanted = Text();
        var path = Path.Combine(Repository.Root, File);
        if (Environment.GetEnvironmentVariable("ESB_WRITE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await System.IO.File.WriteAllTextAsync(path, wanted);
        }

        await Assert.That(await System.IO.File.ReadAllTextAsync(path)).IsEqualTo(wanted);
    }

    /// <summary>Fails if a document is not valid according to the file.</summary>
    public async Task DescribesAsync(string document)
    {
        using var json = JsonDocument.Parse(document);
        var schema = JsonSchema.FromText(Repository.Read(File));
        var result = schema.Evaluate(json.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        var errors = (result.Details ?? []).Where(d => d.Errors is not null)
            .SelectMany(d => d.Errors!.Select(e => $"{d.InstanceLocation}: {e.Value}"));
        await Assert.That(result.IsValid).IsTrue().Because($"{Name}: {string.Join('\n', errors)}\n{document}");
    }

    /// <summary>The whole file.</summary>
    public string Text()
    {
        var schema = Type.GetJsonSchemaAsNode(Exporting).AsObject();
        var whole = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = Title,
        };
        foreach (var (key, value) in schema)
            whole[key] = value?.DeepClone();
        return whole.ToJsonString(Writing) + "\n";
    }

    private static JsonNode Described(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is not JsonObject schema)
            return node;
        if (context.PropertyInfo is { } property && Ignored(property) == JsonIgnoreCondition.WhenWritingNull)
            WithoutNull(schema);
        if (schema["properties"] is JsonObject)
        {
            var always = context.TypeInfo.Properties.Where(p => !p.IsExtensionData && Ignored(p) is null);
            schema["required"] = new JsonArray([.. always.Select(p => (JsonNode)p.Name)]);
        }

        var member = context.PropertyInfo?.AttributeProvider as MemberInfo ?? ElementOf(context.TypeInfo);
        var described = new JsonObject();
        if (RecordDocumentation.Of(member) is { } text)
            described["description"] = text;
        foreach (var (key, value) in schema.Where(m => m.Key is not "description" and not "default"))
            described[key] = value?.DeepClone();
        return described;
    }

    private static Type ElementOf(JsonTypeInfo type) =>
        type.Kind == JsonTypeInfoKind.Enumerable ? type.Type.GetGenericArguments()[0] : type.Type;

    private static JsonIgnoreCondition? Ignored(JsonPropertyInfo property) =>
        (property.AttributeProvider as MemberInfo)?.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition;

    // Values that would be null are absent.
    private static void WithoutNull(JsonObject schema)
    {
        if (schema["type"] is JsonArray types && types.Select(t => (string)t!).Except(["null"]).ToArray() is [var only])
            schema["type"] = only;
    }
}
