using System.Text.Json;
using Esb.Tables.Errors;

namespace Esb.Tables.Protocol.Shapes;

/// <summary>A member that AWS has and this service does not. A request with it is refused instead of changed.</summary>
/// <param name="reason">Why it is not served.</param>
internal sealed class UnservedShape(string reason) : Shape
{
    public override void CheckType(JsonElement value)
    {
    }

    public override void CheckConstraints(JsonElement value, string path, Violations violations) =>
        throw TableException.Validation($"One or more parameter values were invalid: {path} is not served: {reason}");
}
