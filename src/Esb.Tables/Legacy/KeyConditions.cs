using System.Text.Json;
using Esb.Tables.Expressions;

namespace Esb.Tables.Legacy;

/// <summary>The legacy parameter KeyConditions of queries.</summary>
public static class KeyConditions
{
    /// <summary>Reads it.</summary>
    /// <exception cref="Errors.TableException">It is not valid.</exception>
    public static KeyConditionExpression Read(JsonElement conditions) => throw new NotImplementedException();
}
