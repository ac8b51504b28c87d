using System.Text.Json;
using Esb.Tables.Protocol;

namespace Esb.Tables;

/// <summary>A request whose operation exists and whose body is a JSON document, or empty.</summary>
public sealed class TablesRequest : IDisposable
{
    private readonly JsonDocument? _document;

    internal TablesRequest(Operation operation, JsonDocument? document)
    {
        Operation = operation;
        _document = document;
    }

    internal Operation Operation { get; }

    internal JsonElement Body => _document?.RootElement ?? default;

    /// <inheritdoc />
    public void Dispose() => _document?.Dispose();
}
