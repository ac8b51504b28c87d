using System.Text.Json;
using Esb.Tables.Expressions;

namespace Esb.Tables.Legacy;

/// <summary>The legacy parameter AttributeUpdates of UpdateItem.</summary>
public static class AttributeUpdates
{
    /// <summary>Reads it.</summary>
    /// <exception cref="Errors.TableException">It is not valid.</exception>
    public static UpdateExpression Read(JsonElement updates) => throw new NotImplementedException();
}
