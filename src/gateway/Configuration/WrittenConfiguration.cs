using Esb.Schema.Functions;
using Esb.Schema.Routing;

namespace Esb.Gateway.Configuration;

/// <summary>What stands in the files, parsed and valid.</summary>
internal sealed record WrittenConfiguration(string Hash, FunctionsFile Functions, RoutingFile Routing);
