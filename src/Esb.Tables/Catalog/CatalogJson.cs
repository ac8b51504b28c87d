using System.Text.Json.Serialization;

namespace Esb.Tables.Catalog;

/// <summary>The form in which definitions are stored.</summary>
[JsonSourceGenerationOptions(
    IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(TableDefinition))]
[JsonSerializable(typeof(StreamDefinition))]
internal sealed partial class CatalogJson : JsonSerializerContext;
